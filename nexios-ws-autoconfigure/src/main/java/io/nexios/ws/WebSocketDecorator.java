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

package io.nexios.ws;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.socket.CloseStatus;

/**
 * Wraps a connection. Middleware ({@link WSMiddleware}) can extend this class and pass
 * the wrapper on. This class delegates the abstract methods of {@link WebSocket} and
 * inherits the default methods, which call the abstract ones of this object. So one
 * override is enough:
 * <ul>
 * <li>{@link #send(WSMessage)} sees every text and binary message that goes out, also
 * those of {@code sendText} and {@code sendJson}.</li>
 * <li>{@link #receive()} and {@link #receive(Duration)} see every message that comes in.
 * Only {@link #receiveJson(Class, Duration)} uses the second.</li>
 * <li>{@link #close(int, String)} sees every close, also that of a
 * {@link WSMessage.Disconnect} that is sent.</li>
 * <li>{@link #accept(Consumer)} and {@link #reject(ResponseEntity)} see every decision
 * about the handshake.</li>
 * </ul>
 * <b>What goes past a decorator.</b> The server itself works on the connection
 * underneath. So these go past a decorator: messages to groups,
 * {@link io.nexios.ws.channel.Channel#send(Object) Channel.send},
 * {@link io.nexios.ws.channel.ChannelBox#sendTo ChannelBox.sendTo}, the messages that
 * {@link io.nexios.ws.consumer.WebSocketConsumer#onReceive} gets, and the close at the
 * end of the handler, also that of a {@link WebSocketException}.
 * <p>
 * The other methods of a {@link io.nexios.ws.channel.Channel Channel}, such as
 * {@code sendText}, call the connection with which {@code Channel.of} was called first.
 * Middleware that calls {@code Channel.of} itself has to pass its decorator to it.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public class WebSocketDecorator implements WebSocket {

	private final WebSocket delegate;

	/**
	 * Create a decorator.
	 * @param delegate the connection to wrap
	 */
	public WebSocketDecorator(WebSocket delegate) {
		Assert.notNull(delegate, "'delegate' must not be null");
		this.delegate = delegate;
	}

	@Override
	public String id() {
		return this.delegate.id();
	}

	@Override
	public void accept(Consumer<Acceptance> customizer) {
		this.delegate.accept(customizer);
	}

	@Override
	public void reject(ResponseEntity<?> response) {
		this.delegate.reject(response);
	}

	@Override
	public List<String> requestedSubprotocols() {
		return this.delegate.requestedSubprotocols();
	}

	@Override
	public WSMessage receive() {
		return this.delegate.receive();
	}

	@Override
	public Optional<WSMessage> receive(Duration timeout) {
		return this.delegate.receive(timeout);
	}

	@Override
	public JsonBinding json() {
		return this.delegate.json();
	}

	@Override
	public void send(WSMessage message) {
		if (message instanceof WSMessage.Disconnect end) {
			close(end.code(), end.reason());
		}
		else {
			this.delegate.send(message);
		}
	}

	@Override
	public void ping() {
		this.delegate.ping();
	}

	@Override
	public void close(int code, String reason) {
		this.delegate.close(code, reason);
	}

	@Override
	public CompletionStage<CloseStatus> closed() {
		return this.delegate.closed();
	}

	@Override
	public WebSocketState clientState() {
		return this.delegate.clientState();
	}

	@Override
	public WebSocketState applicationState() {
		return this.delegate.applicationState();
	}

	@Override
	public URI uri() {
		return this.delegate.uri();
	}

	@Override
	public String path() {
		return this.delegate.path();
	}

	@Override
	public HttpHeaders headers() {
		return this.delegate.headers();
	}

	@Override
	public MultiValueMap<String, String> queryParams() {
		return this.delegate.queryParams();
	}

	@Override
	public String pathParam(String name) {
		return this.delegate.pathParam(name);
	}

	@Override
	public Map<String, Object> pathParams() {
		return this.delegate.pathParams();
	}

	@Override
	public @Nullable Principal principal() {
		return this.delegate.principal();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.delegate.remoteAddress();
	}

	@Override
	public @Nullable String subprotocol() {
		return this.delegate.subprotocol();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.delegate.attributes();
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return this.delegate.unwrap(type);
	}

}
