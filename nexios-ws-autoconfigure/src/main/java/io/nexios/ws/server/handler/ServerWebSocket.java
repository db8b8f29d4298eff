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

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.nexios.ws.Acceptance;
import io.nexios.ws.JsonBinding;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketState;
import io.nexios.ws.channel.ChannelInternals;
import io.nexios.ws.consumer.ConsumerInternals;
import io.nexios.ws.server.channel.ServerChannelConnection;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.connection.ServerSettings;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.handshake.HandshakeRequest;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.routing.RouteMatch;
import io.nexios.ws.server.transport.CloseCodes;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.socket.CloseStatus;

/**
 * The handler's view of a {@link Connection}. It checks arguments, converts messages, and
 * reads data of the request from the kept request.
 *
 * @author Nexios Team
 */
final class ServerWebSocket implements WebSocket {

	private static final byte[] NO_DATA = {};

	private final Connection connection;

	private final HandshakeRequest request;

	private final RouteMatch match;

	private final Map<String, Object> attributes;

	private final ServerSettings settings;

	private final JsonCodec json;

	private final ServerChannelConnection channels;

	private final ServerConsumerConnection consumer;

	private final LateLogin lateLogin;

	private volatile @Nullable Principal principal;

	ServerWebSocket(Connection connection, HandshakeRequest request, RouteMatch match, Map<String, Object> attributes,
			ConnectionRegistry registry, ServerEnvironment environment, LateLogin lateLogin) {
		this.connection = connection;
		this.request = request;
		this.match = match;
		this.attributes = attributes;
		this.settings = environment.settings();
		this.json = environment.json();
		this.channels = new ServerChannelConnection(connection, registry, environment);
		this.consumer = new ServerConsumerConnection(connection, this.channels, environment);
		this.lateLogin = lateLogin;
		this.principal = request.principal();
	}

	/**
	 * Set the scope in which the application's code runs, before the handler starts.
	 * @param scope the contexts and the resolver of failures
	 */
	void setScope(HandlerScope scope) {
		this.consumer.setScope(scope);
	}

	@Override
	public String id() {
		return this.connection.id();
	}

	@Override
	public void accept(Consumer<Acceptance> customizer) {
		AcceptanceSpec spec = new AcceptanceSpec(this.request.subprotocols(), this.request.principal(),
				this.settings.maxMessageSize(), this.settings.outbound().overflow());
		customizer.accept(spec);
		Principal late = spec.principal();
		if (late != null && this.connection.state() == State.CONNECTING) {
			this.lateLogin.admit(this.connection, late, (user) -> this.principal = user);
		}
		this.connection.accept(spec);
		this.channels.opened();
	}

	@Override
	public void reject(ResponseEntity<?> response) {
		this.connection.reject(HttpReply.of(response, this.json));
	}

	@Override
	public List<String> requestedSubprotocols() {
		return this.request.subprotocols();
	}

	@Override
	public WSMessage receive() {
		return this.connection.receive();
	}

	@Override
	public Optional<WSMessage> receive(Duration timeout) {
		return Optional.ofNullable(this.connection.receive(timeout));
	}

	@Override
	public JsonBinding json() {
		return this.json;
	}

	@Override
	public void send(WSMessage message) {
		if (message instanceof WSMessage.Text text) {
			sendText(text.text());
		}
		else if (message instanceof WSMessage.Bytes binary) {
			sendBytes(binary.bytes());
		}
		else if (message instanceof WSMessage.Disconnect end) {
			close(end.code(), end.reason());
		}
	}

	@Override
	public void sendText(String text) {
		Assert.notNull(text, "'text' must not be null");
		this.connection.send(OutboundFrame.text(text));
	}

	@Override
	public void sendBytes(byte[] bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		this.connection.send(OutboundFrame.binary(bytes.clone()));
	}

	@Override
	public void sendJson(Object value) {
		this.connection.send(OutboundFrame.text(this.json.encode(value)));
	}

	@Override
	public void sendJsonBytes(Object value) {
		this.connection.send(OutboundFrame.binary(this.json.encodeBytes(value)));
	}

	@Override
	public void ping() {
		this.connection.send(OutboundFrame.ping(NO_DATA));
	}

	@Override
	public void close(int code, String reason) {
		CloseStatus status = CloseCodes.sendable(code, reason);
		if (!this.connection.tryReject(HttpReply.of(HttpStatus.FORBIDDEN))) {
			this.connection.close(status);
		}
	}

	@Override
	public CompletionStage<CloseStatus> closed() {
		return this.connection.endStage();
	}

	@Override
	public boolean isConnected() {
		return this.connection.state() == State.OPEN;
	}

	@Override
	public WebSocketState clientState() {
		return switch (this.connection.state()) {
			case CONNECTING, ACCEPTING -> WebSocketState.CONNECTING;
			case OPEN, CLOSING -> WebSocketState.CONNECTED;
			case PEER_CLOSED, CLOSED, REJECTED -> WebSocketState.DISCONNECTED;
		};
	}

	@Override
	public WebSocketState applicationState() {
		return switch (this.connection.state()) {
			case CONNECTING, ACCEPTING -> WebSocketState.CONNECTING;
			case OPEN -> WebSocketState.CONNECTED;
			case CLOSING, PEER_CLOSED, CLOSED -> WebSocketState.DISCONNECTED;
			case REJECTED -> WebSocketState.RESPONSE;
		};
	}

	@Override
	public URI uri() {
		return URI.create(this.request.uri());
	}

	@Override
	public String path() {
		return this.request.path();
	}

	@Override
	public HttpHeaders headers() {
		return this.request.headers();
	}

	@Override
	public MultiValueMap<String, String> queryParams() {
		return this.request.queryParams();
	}

	@Override
	public String pathParam(String name) {
		String value = this.match.variables().get(name);
		Assert.notNull(value, () -> "Route '" + this.match.route().path() + "' has no variable '" + name + "'");
		return value;
	}

	@Override
	public Map<String, Object> pathParams() {
		return this.match.values();
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.request.remoteAddress();
	}

	@Override
	public @Nullable String subprotocol() {
		AcceptanceSpec spec = this.connection.spec();
		return (spec != null) ? spec.chosenSubprotocol() : null;
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		if (type == ChannelInternals.class) {
			return type.cast(this.channels);
		}
		return (type == ConsumerInternals.class) ? type.cast(this.consumer) : this.connection.unwrap(type);
	}

}
