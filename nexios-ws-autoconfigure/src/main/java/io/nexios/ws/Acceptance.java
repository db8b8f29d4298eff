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
 * Options for one connection, set when its handshake is accepted.
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
	 * @throws IllegalArgumentException if the client did not offer the subprotocol (RFC
	 * 6455, 4.2.2), or if it is not an HTTP token (RFC 6455, 4.1)
	 */
	Acceptance subprotocol(String subprotocol);

	/**
	 * Add a header to the handshake response. The header is either refused here or sent
	 * unchanged. The container limits the total size of all headers. If they are too
	 * large, {@code accept} throws {@link WebSocketDisconnect} and the client gets HTTP
	 * 500.
	 * @param name the name, which must be an HTTP token. Headers of the handshake itself,
	 * of the container and of a body are not allowed
	 * @param value the value in ISO 8859-1. Line breaks and other control characters are
	 * not allowed, nor are spaces at the beginning or the end
	 * @return this acceptance
	 * @throws IllegalArgumentException if the name or the value is not allowed
	 */
	Acceptance header(String name, String value);

	/**
	 * Set the user of the connection if the request has no user. The handler has to have
	 * verified the user, for example with a
	 * {@linkplain io.nexios.ws.ticket.HandshakeTickets ticket}. From {@code accept} on,
	 * the connection is treated as if the request had this user. This applies to
	 * {@link WebSocket#principal()}, to the limit of connections for each user, and to
	 * the end of the connection when the login ends or the credentials expire. For an
	 * {@code Authentication} of Spring Security it also applies to the
	 * {@code SecurityContext} of the handler. For a
	 * {@link io.nexios.ws.ticket.TicketLogin} the user is the user of the login, and the
	 * connection ends with the session of the login.
	 * <p>
	 * If the user already has the maximum number of connections, the client gets 429. If
	 * the login of the user has ended, the client gets 401. In both cases {@code accept}
	 * throws {@link WebSocketDisconnect}.
	 * @param principal the authenticated user
	 * @return this acceptance
	 * @throws IllegalStateException if the request already has a user
	 * @since 0.1.0
	 */
	Acceptance principal(Principal principal);

	/**
	 * Limit the size of one received message for this connection. A larger message closes
	 * the connection with 1009 before the whole message has arrived.
	 * @param size the limit, at least 1 byte. Text counts in bytes of UTF-8
	 * @return this acceptance
	 */
	Acceptance maxMessageSize(DataSize size);

	/**
	 * Set the policy for messages of threads other than the handler's when the outbound
	 * queue of this connection is full.
	 * @param policy the policy
	 * @return this acceptance
	 */
	Acceptance overflow(OverflowPolicy policy);

	/**
	 * Read and discard all messages of the peer. A handler that only sends then does not
	 * have to receive. The end of the connection is still detected.
	 * @return this acceptance
	 */
	Acceptance discardInbound();

}
