/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.nexios.ws.server.handler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.nexios.ws.Acceptance;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionFactory;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.connection.ServerSettings;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.handshake.HandshakeRequest;
import io.nexios.ws.server.handshake.RefusalLog;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.routing.RouteDefinition;
import io.nexios.ws.server.routing.RouteMatch;
import io.nexios.ws.server.routing.RouteTable;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import io.nexios.ws.spi.RateLimiters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.socket.CloseStatus;

/**
 * A real connection whose peer is this object. There is no container. The peer keeps the
 * messages that it receives. It leaves when a test calls {@link #leave(int)} or
 * {@link #end()}.
 *
 * @author Nexios Team
 */
public final class LocalConnection {

	/** The user of every connection. */
	public static final String USER = "ada";

	private static final RouteMatch ROUTE = route();

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final List<Object> messages = new ArrayList<>();

	private final CompletableFuture<CloseStatus> closeFrame = new CompletableFuture<>();

	private final Peer peer = new Peer();

	private final Connection connection;

	private final ServerWebSocket ws;

	private LocalConnection(ServerEnvironment environment, ConnectionRegistry registry,
			MultiValueMap<String, String> queryParams) {
		ConnectionFactory factory = new ConnectionFactory(environment, registry);
		LateLogin lateLogin = new LateLogin(environment, noExtensions(), new RefusalLog());
		this.connection = factory.create("/local", factory.admission().ticket(null, null),
				(connection) -> new ServerWebSocket(connection, request(queryParams), ROUTE, Map.of(), registry,
						environment, lateLogin));
		this.ws = (ServerWebSocket) this.connection.webSocket();
		this.connection.observer().handshakeStarted(this.ws);
	}

	private static HandlerExtensions noExtensions() {
		return new HandlerExtensions(new FirstFailureStatus(List.of()), List.of(), List.of(), null);
	}

	static HandshakeRequest request() {
		return request(new LinkedMultiValueMap<>());
	}

	private static HandshakeRequest request(MultiValueMap<String, String> queryParams) {
		return new HandshakeRequest("ws://localhost/local", "/local", new HttpHeaders(), queryParams, List.of(),
				() -> USER, null);
	}

	private static RouteMatch route() {
		RouteMatch match = new RouteTable(
				List.of(new RouteDefinition(new WebSocketRoute("/local", WebSocket::accept), "test")), List.of())
			.match("/local");
		Assert.state(match != null, "No route");
		return match;
	}

	public static ServerEnvironment environment(ServerThreads threads, EventSink events, ChannelBox box) {
		return environment(TestSettings.defaults().build(), threads, events, box);
	}

	public static ServerEnvironment environment(ServerSettings settings, ServerThreads threads, EventSink events,
			ChannelBox box) {
		return new ServerEnvironment(settings, threads, new JsonCodec(JsonMapper.shared()), events, box,
				ServerObserver.NONE, RateLimiters.UNLIMITED, new ConnectionIds(""), new LogThrottle<>());
	}

	/**
	 * Create a connection whose handshake is undecided.
	 * @param environment what connections share
	 * @return the connection
	 */
	public static LocalConnection connecting(ServerEnvironment environment) {
		return connecting(environment, new ConnectionRegistry());
	}

	static LocalConnection connecting(ServerEnvironment environment, ConnectionRegistry registry) {
		return connecting(environment, registry, new LinkedMultiValueMap<>());
	}

	static LocalConnection connecting(ServerEnvironment environment, ConnectionRegistry registry,
			MultiValueMap<String, String> queryParams) {
		return new LocalConnection(environment, registry, queryParams);
	}

	public static LocalConnection open(ServerEnvironment environment) {
		return open(environment, new ConnectionRegistry());
	}

	static LocalConnection open(ServerEnvironment environment, ConnectionRegistry registry) {
		LocalConnection local = connecting(environment, registry);
		local.open();
		return local;
	}

	/**
	 * Accept and open.
	 */
	public void open() {
		open((acceptance) -> {
		});
	}

	/**
	 * Accept and open.
	 * @param customizer the settings of the acceptance
	 */
	public void open(Consumer<Acceptance> customizer) {
		CompletableFuture<?> accepted = CompletableFuture.runAsync(() -> this.ws.accept(customizer), (task) -> {
			Thread thread = new Thread(task, "accepting");
			thread.setDaemon(true);
			thread.start();
		});
		opened();
		accepted.orTimeout(10, TimeUnit.SECONDS).join();
	}

	void opened() {
		this.connection.awaitDecision();
		this.connection.callbacks().opened(this.peer);
	}

	public WebSocket ws() {
		return this.ws;
	}

	public Connection connection() {
		return this.connection;
	}

	public void sendText(String text) {
		this.connection.callbacks().text(text, true);
	}

	public void leave(int code) {
		this.connection.callbacks().closed(new CloseStatus(code));
	}

	/**
	 * Answer the server's close, if there was one; otherwise vanish.
	 */
	public void end() {
		leave(1006);
	}

	/**
	 * Return what the peer was sent.
	 * @return texts and binary messages, the latter as byte arrays
	 */
	public List<Object> messages() {
		synchronized (this.messages) {
			return List.copyOf(this.messages);
		}
	}

	public boolean hasMessages(int count) {
		synchronized (this.messages) {
			return this.messages.size() >= count;
		}
	}

	/**
	 * Forget the messages, so that many of them do not cost time.
	 */
	public void forgetMessages() {
		synchronized (this.messages) {
			this.messages.clear();
		}
	}

	/**
	 * Wait for messages, without polling.
	 * @param count how many messages the peer has to have
	 * @return all messages of the peer
	 */
	public List<Object> awaitMessages(int count) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		synchronized (this.messages) {
			while (this.messages.size() < count) {
				long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
				Assert.state(left > 0, () -> "Only " + this.messages);
				try {
					this.messages.wait(left);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			return List.copyOf(this.messages);
		}
	}

	public @Nullable CloseStatus closeFrame() {
		return this.closeFrame.getNow(null);
	}

	private final class Peer implements Transport {

		@Override
		public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
			synchronized (LocalConnection.this.messages) {
				frames.forEach((frame) -> LocalConnection.this.messages.add(content(frame)));
				LocalConnection.this.messages.notifyAll();
			}
			completion.succeeded();
		}

		private Object content(OutboundFrame frame) {
			ByteBuffer payload = frame.payload();
			byte[] bytes = new byte[payload.remaining()];
			payload.get(bytes);
			return (frame.kind() == OutboundFrame.Kind.TEXT) ? new String(bytes, StandardCharsets.UTF_8) : bytes;
		}

		@Override
		public void close(CloseStatus status, Duration patience) {
			LocalConnection.this.closeFrame.complete(status);
			// The peer answers at once
			leave(status.getCode());
		}

		@Override
		public void drop() {
		}

		@Override
		public void pause() {
		}

		@Override
		public void resume() {
		}

		@Override
		public <T> @Nullable T unwrap(Class<T> type) {
			return null;
		}

	}

}
