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
 * receives and sends. A call out of this order throws an {@link IllegalStateException}
 * that says which method to call first.
 * <p>
 * <b>Threads.</b> Any thread may send, close and read the request. The messages of one
 * thread arrive in the order in which it sent them. Only one thread at a time may
 * receive.
 * <p>
 * <b>The end.</b> After the peer has left, messages that arrived before can still be
 * received. After them, receiving and sending throw {@link WebSocketDisconnect}. While
 * such messages wait to be received, sent messages are discarded without an exception, so
 * that the handler can process the remaining messages.
 * <p>
 * <b>Wrappers.</b> Middleware that passes a wrapper of the connection to its next extends
 * {@link WebSocketDecorator}. All default methods end in abstract ones:
 * {@link #send(WSMessage)} sends every text and binary message, {@link #receive()} and
 * {@link #receive(Duration)} receive, and {@link #close(int, String)} closes.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface WebSocket {

	/**
	 * Return the id of the connection, which has 128 random bits. If there are several
	 * nodes, it begins with the id of the node and a dot. A wrapper returns the same id.
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
	 * @throws IllegalArgumentException if the client did not offer it. The handshake is
	 * then still undecided
	 */
	default void accept(String subprotocol) {
		accept((acceptance) -> acceptance.subprotocol(subprotocol));
	}

	/**
	 * Accept the handshake with a subprotocol, headers or limits for this connection.
	 * @param customizer called once, before the handshake is answered
	 */
	void accept(Consumer<Acceptance> customizer);

	/**
	 * Answer the handshake with an HTTP status and no body.
	 * @param status any status except an informational one
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
	 * @param response the status, the headers and the body. The body is a String, a byte
	 * array, or any other object, which is written as JSON
	 */
	void reject(ResponseEntity<?> response);

	/**
	 * Return the subprotocols that the client offers.
	 * @return the subprotocols in the client's order, possibly empty
	 */
	List<String> requestedSubprotocols();

	/**
	 * Wait for the next message. The end of the connection is returned once, as a
	 * {@link WSMessage.Disconnect}.
	 * @return the message
	 * @throws WebSocketDisconnect if the end has already been returned
	 * @throws WebSocketInterruptedException if the thread is interrupted
	 * @throws IllegalStateException if another thread is receiving
	 */
	WSMessage receive();

	/**
	 * Wait for the next message, but not longer than a timeout. The connection is still
	 * usable after a timeout.
	 * @param timeout the maximum time to wait. Zero or a negative time means not to wait
	 * @return the message, or empty if no message came in time
	 */
	Optional<WSMessage> receive(Duration timeout);

	/**
	 * Wait for the next message, which has to be a text message.
	 * @return the text
	 * @throws WebSocketDisconnect if the connection has ended
	 * @throws WebSocketException with 1003 if the message is binary
	 */
	default String receiveText() {
		return receive().asText();
	}

	/**
	 * Wait for the next message, which has to be a binary message.
	 * @return the content
	 * @throws WebSocketDisconnect if the connection has ended
	 * @throws WebSocketException with 1003 if the message is a text message
	 */
	default byte[] receiveBytes() {
		return receive().asBytes();
	}

	/**
	 * Wait for the next message, which has to be a text message with JSON or a binary
	 * message with JSON in UTF-8.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the value
	 * @throws WebSocketDisconnect if the connection has ended
	 * @throws WebSocketException with 1007 if the message is not JSON, or does not bind
	 * to the type
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
	 * Variant of {@link #receiveJson(Class)} with a timeout.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @param timeout the maximum time to wait. Zero or a negative time means not to wait
	 * @return the value, or empty if no message came in time
	 */
	default <T> Optional<T> receiveJson(Class<T> type, Duration timeout) {
		return receive(timeout).map((message) -> this.<T>bind(message, type));
	}

	/**
	 * Variant of {@link #receiveJson(Class)} that returns the JSON tree and does not bind
	 * it.
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
	 * Read and discard messages until the connection ends. Intended for handlers that
	 * only send.
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
	 * Send a message. A {@link WSMessage.Disconnect} closes the connection. The content
	 * of a binary message is copied before the call returns.
	 * @param message the message
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	void send(WSMessage message);

	/**
	 * Send a text message. The handler's own thread waits while the peer reads too
	 * slowly. Other threads never wait.
	 * @param text the text. An unpaired surrogate is sent as a question mark
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
	 * @throws tools.jackson.core.JacksonException if the value cannot be written as JSON.
	 * Nothing is sent then
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	default void sendJson(Object value) {
		send(new WSMessage.Text(json().encode(value)));
	}

	/**
	 * Variant of {@link #sendJson(Object)} for generic types. It is needed for a
	 * collection, a map, an {@code Optional} or a generic class if type ids have to be
	 * written for the elements, for example with
	 * {@link com.fasterxml.jackson.annotation.JsonTypeInfo @JsonTypeInfo}. The class of
	 * the value does not contain the element types. This method passes a
	 * {@link TypedJson} to {@link #sendJson(Object)}.
	 * @param value the value
	 * @param type the type to write it as
	 * @throws IllegalArgumentException if the value is not an instance of the type
	 * @throws tools.jackson.core.JacksonException if the value cannot be written as JSON.
	 * Nothing is sent then
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 * @since 0.1.0
	 */
	default void sendJson(Object value, ParameterizedTypeReference<?> type) {
		sendJson(TypedJson.of(value, type));
	}

	/**
	 * Send a value as JSON in a binary message.
	 * @param value the value
	 * @throws tools.jackson.core.JacksonException if the value cannot be written as JSON.
	 * Nothing is sent then
	 * @throws WebSocketDisconnect if the connection is closing or has ended
	 */
	default void sendJsonBytes(Object value) {
		send(new WSMessage.Bytes(json().encodeBytes(value)));
	}

	/**
	 * Variant of {@link #sendJsonBytes(Object)} for generic types.
	 * @param value the value
	 * @param type the type to write it as
	 * @throws IllegalArgumentException if the value is not an instance of the type
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
	 * Close with 1000 after all messages that were sent before. If the handshake is not
	 * accepted yet, answer it with HTTP 403. After the handshake is accepted, this method
	 * never throws. If the connection has ended, it does nothing.
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
	 * @throws IllegalArgumentException if the code is not one of these
	 */
	void close(int code, String reason);

	/**
	 * Return a stage that completes exactly once, when the connection has ended for any
	 * reason: a close by either side, a failure, or a handshake that was not accepted
	 * (1006). It never completes on a thread of the container.
	 * @return the stage with the code and the reason of the end
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
	 * Return the state of the client's side.
	 * @return the client's state
	 */
	WebSocketState clientState();

	/**
	 * Return the state of the application's side.
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
	 * Return the decoded text of a path variable.
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
	 * @throws IllegalArgumentException if the route has no such variable, or if the value
	 * does not convert
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
	 * Return all path variables. The converter of a variable decides its type: Integer,
	 * Double, UUID or String.
	 * @return the variables, read-only
	 */
	Map<String, Object> pathParams();

	/**
	 * Return the user of the handshake request.
	 * @return the user, or {@code null} if no user is authenticated
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
	 * Return the attributes of the connection. Initially these are the attributes set by
	 * handshake interceptors.
	 * @return the attributes, which any thread may change
	 */
	Map<String, Object> attributes();

	/**
	 * Return the underlying object: Spring's
	 * {@link org.springframework.web.socket.WebSocketSession} or the session of the
	 * container. It is available from {@code accept} on. Do not send with it: this would
	 * bypass the order and the limits of this connection.
	 * @param <T> the type to look for
	 * @param type the type to look for
	 * @return the object, or {@code null} if there is none of that type
	 */
	<T> @Nullable T unwrap(Class<T> type);

}
