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

import java.lang.reflect.Type;
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
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.socket.CloseStatus;

/**
 * One WebSocket connection, from its handshake to its end.
 * <p>
 * A handler first decides the handshake with {@code accept} or {@code reject}, then
 * receives and sends. Calling out of that order is an {@link IllegalStateException} that
 * says what to call first.
 * <p>
 * <b>Threads.</b> Any thread may send, close and read the request; messages of one thread
 * arrive in the order in which it sent them. Only one thread at a time may receive.
 * <p>
 * <b>The end.</b> When the peer has left, messages that arrived before are still
 * received; after them, receiving throws {@link WebSocketDisconnect}, and so does
 * sending. While such messages are waiting to be received, what is sent is discarded
 * without an exception, so that they can be worked through.
 * <p>
 * <b>Wrappers.</b> Middleware that passes on a connection of its own extends
 * {@link WebSocketDecorator}. All default methods end in abstract ones:
 * {@link #send(WSMessage)} sends every text and binary message, {@link #receive()} and
 * {@link #receive(Duration)} receive, and {@link #close(int, String)} closes.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface WebSocket {

	/**
	 * Return the identity of the connection: 128 random bits, also through a wrapper.
	 * @return the id, which a client cannot guess
	 */
	String id();

	/**
	 * Accept the handshake. Returns when the connection is open.
	 * @throws WebSocketDisconnect with 1006 if the client has gone, the container does
	 * not open the connection, or the handler took longer than
	 * {@code nexios.ws.accept-timeout} to decide
	 */
	default void accept() {
		accept((acceptance) -> {
		});
	}

	/**
	 * Accept the handshake with a subprotocol.
	 * @param subprotocol one of {@link #requestedSubprotocols()}
	 * @throws IllegalArgumentException if the client did not offer it; the handshake is
	 * then still undecided
	 */
	default void accept(String subprotocol) {
		accept((acceptance) -> acceptance.subprotocol(subprotocol));
	}

	/**
	 * Accept the handshake with a subprotocol, headers or limits for this connection.
	 * @param customizer called once, before anything is answered
	 */
	void accept(Consumer<Acceptance> customizer);

	/**
	 * Answer the handshake with an HTTP status and no body.
	 * @param status any status but an informational one
	 */
	default void reject(HttpStatusCode status) {
		reject(ResponseEntity.status(status).build());
	}

	/**
	 * Answer the handshake with a problem detail (RFC 9457) and its status.
	 * @param problem the problem
	 */
	default void reject(ProblemDetail problem) {
		reject(ResponseEntity.of(problem).build());
	}

	/**
	 * Answer the handshake with an HTTP response.
	 * @param response the status, the headers, and a body that is a String, a byte array,
	 * or any other object, which is written as JSON
	 */
	void reject(ResponseEntity<?> response);

	/**
	 * Return the subprotocols that the client offers.
	 * @return the subprotocols in the client's order, possibly empty
	 */
	List<String> requestedSubprotocols();

	/**
	 * Wait for the next message. The end of the connection is returned as a
	 * {@link WSMessage.Disconnect} once.
	 * @return the message
	 * @throws WebSocketDisconnect if the end was returned before
	 * @throws WebSocketInterruptedException if the thread is interrupted
	 * @throws IllegalStateException if another thread is receiving
	 */
	WSMessage receive();

	/**
	 * Wait for the next message for some time. The connection stays usable after a
	 * timeout.
	 * @param timeout how long to wait; zero or less to not wait
	 * @return the message, or empty if none came in time
	 */
	Optional<WSMessage> receive(Duration timeout);

	/**
	 * Wait for the next message, a text.
	 * @return the text
	 * @throws WebSocketDisconnect if the connection has ended
	 * @throws WebSocketException with 1003 if the message is binary
	 */
	default String receiveText() {
		return receive().asText();
	}

	/**
	 * Wait for the next message, a binary one.
	 * @return the content
	 * @throws WebSocketDisconnect if the connection has ended
	 * @throws WebSocketException with 1003 if the message is a text
	 */
	default byte[] receiveBytes() {
		return receive().asBytes();
	}

	/**
	 * Wait for the next message, a text or a binary one that holds JSON in UTF-8.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the value
	 * @throws WebSocketDisconnect if the connection has ended
	 * @throws WebSocketException with 1007 if the message is not JSON, or not of the type
	 */
	default <T> T receiveJson(Class<T> type) {
		return this.<T>bind(receive(), type);
	}

	/**
	 * Variant of {@link #receiveJson(Class)} for generic types.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the value
	 */
	default <T> T receiveJson(ParameterizedTypeReference<T> type) {
		return this.<T>bind(receive(), type.getType());
	}

	/**
	 * Variant of {@link #receiveJson(Class)} that waits for some time.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @param timeout how long to wait; zero or less to not wait
	 * @return the value, or empty if no message came in time
	 */
	default <T> Optional<T> receiveJson(Class<T> type, Duration timeout) {
		return receive(timeout).map((message) -> this.<T>bind(message, type));
	}

	/**
	 * Variant of {@link #receiveJson(Class)} that does not bind.
	 * @return the JSON tree
	 */
	default JsonNode receiveJson() {
		return receiveJson(JsonNode.class);
	}

	@SuppressWarnings("unchecked")
	private <T> T bind(WSMessage message, Type type) {
		return (T) json().decode(message, type);
	}

	/**
	 * Receive until the connection ends.
	 * @return the messages, without the {@link WSMessage.Disconnect}
	 */
	default Iterable<WSMessage> messages() {
		return new MessageIterable<>(this::receive, (message) -> message);
	}

	/**
	 * Receive texts until the connection ends.
	 * @return the texts, as if by {@link #receiveText()}
	 */
	default Iterable<String> texts() {
		return new MessageIterable<>(this::receive, WSMessage::asText);
	}

	/**
	 * Receive binary messages until the connection ends.
	 * @return the contents, as if by {@link #receiveBytes()}
	 */
	default Iterable<byte[]> binaries() {
		return new MessageIterable<>(this::receive, WSMessage::asBytes);
	}

	/**
	 * Receive JSON until the connection ends.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the values, as if by {@link #receiveJson(Class)}
	 */
	default <T> Iterable<T> jsons(Class<T> type) {
		return new MessageIterable<>(this::receive, (message) -> this.<T>bind(message, type));
	}

	/**
	 * Variant of {@link #jsons(Class)} for generic types.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the values
	 */
	default <T> Iterable<T> jsons(ParameterizedTypeReference<T> type) {
		return new MessageIterable<>(this::receive, (message) -> this.<T>bind(message, type.getType()));
	}

	/**
	 * Read and discard messages until the connection ends, for handlers that only push.
	 */
	default void awaitDisconnect() {
		messages().forEach((message) -> {
		});
	}

	/**
	 * Return what the JSON methods of this connection write and bind with.
	 * @return the binding
	 */
	JsonBinding json();

	/**
	 * Send a message; a {@link WSMessage.Disconnect} closes. The content of a binary
	 * message is copied before the call returns.
	 * @param message the message
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	void send(WSMessage message);

	/**
	 * Send a text message. The handler's own thread waits while the peer reads too
	 * slowly; any other thread never waits.
	 * @param text the text; an unpaired surrogate is sent as a question mark
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	default void sendText(String text) {
		send(new WSMessage.Text(text));
	}

	/**
	 * Send a binary message.
	 * @param bytes the content, copied before the call returns
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	default void sendBytes(byte[] bytes) {
		send(new WSMessage.Bytes(bytes));
	}

	/**
	 * Send a value as JSON in a text message.
	 * @param value the value
	 * @throws tools.jackson.core.JacksonException if it cannot be written; nothing is
	 * sent then
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	default void sendJson(Object value) {
		send(new WSMessage.Text(json().encode(value)));
	}

	/**
	 * Variant of {@link #sendJson(Object)} for generic types. Needed where the type is a
	 * collection, a map, an {@code Optional} or a generic class of something whose type
	 * ids are written, as by
	 * {@link com.fasterxml.jackson.annotation.JsonTypeInfo @JsonTypeInfo}: the value's
	 * class does not tell. Passes a {@link TypedJson} to {@link #sendJson(Object)}.
	 * @param value the value
	 * @param type the type to write it as
	 * @throws IllegalArgumentException if the value is not of the type
	 * @throws tools.jackson.core.JacksonException if it cannot be written; nothing is
	 * sent then
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 * @since 0.1.0
	 */
	default void sendJson(Object value, ParameterizedTypeReference<?> type) {
		sendJson(TypedJson.of(value, type));
	}

	/**
	 * Send a value as JSON in a binary message.
	 * @param value the value
	 * @throws tools.jackson.core.JacksonException if it cannot be written; nothing is
	 * sent then
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	default void sendJsonBytes(Object value) {
		send(new WSMessage.Bytes(json().encodeBytes(value)));
	}

	/**
	 * Variant of {@link #sendJsonBytes(Object)} for generic types.
	 * @param value the value
	 * @param type the type to write it as
	 * @throws IllegalArgumentException if the value is not of the type
	 * @since 0.1.0
	 * @see #sendJson(Object, ParameterizedTypeReference)
	 */
	default void sendJsonBytes(Object value, ParameterizedTypeReference<?> type) {
		sendJsonBytes(TypedJson.of(value, type));
	}

	/**
	 * Send a ping, which the peer has to answer (RFC 6455, 5.5.2).
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	void ping();

	/**
	 * Close with 1000 after everything sent before. Before the handshake was accepted,
	 * answer it with HTTP 403. Never throws once accepted, and does nothing if the
	 * connection has ended.
	 */
	default void close() {
		close(CloseStatus.NORMAL.getCode());
	}

	/**
	 * Close with a code.
	 * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, 7.4)
	 * @throws IllegalArgumentException if the code is not one of these
	 */
	default void close(int code) {
		close(code, "");
	}

	/**
	 * Close with a code and a reason.
	 * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, 7.4)
	 * @param reason the reason, cut to 123 bytes of UTF-8 at a character boundary
	 * @throws IllegalArgumentException if the code is not one of the allowed
	 */
	void close(int code, String reason);

	/**
	 * Return the end of the connection, which completes exactly once however it ended: by
	 * either side, by failure, or because the handshake was not accepted (1006). Never
	 * completes on a thread of the container.
	 * @return the code and reason of the end
	 */
	CompletionStage<CloseStatus> closed();

	/**
	 * Return whether both sides are connected.
	 * @return whether both sides are {@link WebSocketState#CONNECTED}
	 */
	default boolean isConnected() {
		return clientState() == WebSocketState.CONNECTED && applicationState() == WebSocketState.CONNECTED;
	}

	/**
	 * Return what the client has done so far.
	 * @return the client's state
	 */
	WebSocketState clientState();

	/**
	 * Return what the application has done so far.
	 * @return the application's state
	 */
	WebSocketState applicationState();

	/**
	 * Return the URI of the handshake request, with scheme {@code ws} or {@code wss}.
	 * @return the URI
	 */
	URI uri();

	/**
	 * Return the path of the handshake request within the application, decoded.
	 * @return the path
	 */
	String path();

	/**
	 * Return the headers of the handshake request.
	 * @return the headers, read-only
	 */
	HttpHeaders headers();

	/**
	 * Return the query parameters of the handshake request, decoded.
	 * @return the parameters, read-only
	 */
	MultiValueMap<String, String> queryParams();

	/**
	 * Return a query parameter's first value.
	 * @param name the name
	 * @return the value, or {@code null} if there is none
	 */
	default @Nullable String queryParam(String name) {
		return queryParams().getFirst(name);
	}

	/**
	 * Return a path variable as it stands in the path, decoded.
	 * @param name the name
	 * @return the value
	 * @throws IllegalArgumentException if the route has no such variable
	 */
	String pathParam(String name);

	/**
	 * Return a path variable, converted.
	 * @param <T> the type to convert to
	 * @param name the name
	 * @param type the type to convert to
	 * @return the value
	 * @throws IllegalArgumentException if the route has no such variable or it does not
	 * convert
	 */
	default <T> T pathParam(String name, Class<T> type) {
		String value = pathParam(name);
		try {
			T converted = DefaultConversionService.getSharedInstance().convert(value, type);
			Assert.notNull(converted, () -> "Path variable '" + name + "' is empty");
			return converted;
		}
		catch (ConversionException ex) {
			throw new IllegalArgumentException(
					"Path variable '" + name + "' does not convert to " + type.getSimpleName(), ex);
		}
	}

	/**
	 * Return all path variables: Integer, Double, UUID or String by their converter.
	 * @return the variables, read-only
	 */
	Map<String, Object> pathParams();

	/**
	 * Return the user of the handshake request.
	 * @return the user, or {@code null} if nobody is authenticated
	 */
	@Nullable Principal principal();

	/**
	 * Return the client's address.
	 * @return the address, or {@code null} if the container does not know it
	 */
	@Nullable InetSocketAddress remoteAddress();

	/**
	 * Return the subprotocol that was accepted.
	 * @return the subprotocol, or {@code null} if there is none
	 */
	@Nullable String subprotocol();

	/**
	 * Return the attributes of the connection, first those of handshake interceptors.
	 * @return the attributes, for any thread to change
	 */
	Map<String, Object> attributes();

	/**
	 * Return the object underneath: Spring's
	 * {@link org.springframework.web.socket.WebSocketSession} or the container's own
	 * session. It is there from {@code accept} on, for reading only: sending on it
	 * bypasses the order and the limits of this connection.
	 * @param <T> the type to look for
	 * @param type the type to look for
	 * @return the object, or {@code null} if there is none of that type
	 */
	<T> @Nullable T unwrap(Class<T> type);

}
