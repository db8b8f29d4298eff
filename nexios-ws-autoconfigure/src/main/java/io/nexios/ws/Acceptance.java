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

import java.security.Principal;

import org.springframework.util.unit.DataSize;

/**
 * What one connection asks for when it accepts its handshake.
 *
 * @author Nexios Team
 * @since 0.1.0
 * @see WebSocket#accept(java.util.function.Consumer)
 */
public interface Acceptance {

	/**
	 * Choose the subprotocol.
	 * @param subprotocol one of {@link WebSocket#requestedSubprotocols()}
	 * @return this acceptance
	 * @throws IllegalArgumentException if the client did not offer it (RFC 6455, 4.2.2),
	 * or it is not an HTTP token, which it has to be (RFC 6455, 4.1)
	 */
	Acceptance subprotocol(String subprotocol);

	/**
	 * Add a header to the handshake response. It is sent as given, or refused here. How
	 * large all headers together may be is for the container to say: where they are too
	 * large, accepting throws {@link WebSocketDisconnect} and the client gets HTTP 500.
	 * @param name the name, an HTTP token that belongs neither to the handshake itself
	 * nor to the container nor to a body
	 * @param value the value, of ISO 8859-1 without line breaks or other control
	 * characters, and without spaces at its begin or end
	 * @return this acceptance
	 * @throws IllegalArgumentException if the name or the value is not allowed
	 */
	Acceptance header(String name, String value);

	/**
	 * Say who the user is, where the request cannot: the handler has found out, for
	 * example by a {@linkplain io.nexios.ws.ticket.HandshakeTickets ticket}. Everything
	 * that depends on the user holds from {@code accept} on as if the request had had it:
	 * {@link WebSocket#principal()}, the limit of connections for each user, the end of
	 * the connection with the login or when the credentials expire, and, for an
	 * {@code Authentication} of Spring Security, the {@code SecurityContext} in which the
	 * handler goes on. Of a {@link io.nexios.ws.ticket.TicketLogin} the user is the one
	 * of the login, and the connection ends with the login's session.
	 * <p>
	 * If the user has as many connections as there may be, or may not connect any longer,
	 * {@code accept} throws {@link WebSocketDisconnect}, and the client gets the response
	 * that it would have got before the handler was asked: 429 or 401.
	 * @param principal the user, authenticated
	 * @return this acceptance
	 * @throws IllegalStateException if the request has a user, who cannot be replaced
	 * @since 0.1.0
	 */
	Acceptance principal(Principal principal);

	/**
	 * Limit the size of one received message for this connection. A larger one closes the
	 * connection with 1009 while it is still arriving.
	 * @param size the limit, in bytes of UTF-8 for text; at least 1 byte
	 * @return this acceptance
	 */
	Acceptance maxMessageSize(DataSize size);

	/**
	 * Choose what happens to messages of other threads when this connection's outbound
	 * queue is full.
	 * @param policy the policy
	 * @return this acceptance
	 */
	Acceptance overflow(OverflowPolicy policy);

	/**
	 * Read and discard all messages of the peer, so that a handler that only sends does
	 * not have to receive. Its end is still noticed.
	 * @return this acceptance
	 */
	Acceptance discardInbound();

}
