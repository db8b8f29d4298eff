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

package io.nexios.ws.server.transport;

import java.nio.ByteBuffer;

import org.springframework.web.socket.CloseStatus;

/**
 * Gets what a container reports about one connection. The first call is {@code opened},
 * the last call is {@code closed}, which may come more than once. Before {@code closed}
 * there are never two calls at a time. No call runs user code or waits for user code,
 * with one exception: {@code text} and {@code binary} wait in
 * {@link Transport#awaitResume()}.
 *
 * @author Nexios Team
 */
public interface ConnectionCallbacks {

	/**
	 * The handshake was answered with 101 and messages can be sent.
	 * @param transport the open connection
	 */
	void opened(Transport transport);

	/**
	 * A piece of a text message arrived.
	 * @param part the piece
	 * @param last whether it completes the message
	 */
	void text(String part, boolean last);

	/**
	 * A piece of a binary message arrived.
	 * @param part the piece, valid during the call
	 * @param last whether it completes the message
	 */
	void binary(ByteBuffer part, boolean last);

	/**
	 * A pong arrived.
	 * @param payload its payload, valid during the call
	 */
	void pong(ByteBuffer payload);

	/**
	 * The transport has failed. The end is reported next.
	 * @param failure what happened
	 */
	default void failed(Throwable failure) {
	}

	/**
	 * The peer has sent a close frame, and this container leaves the answer to
	 * {@link Transport#close}. If a container answers by itself, it calls {@link #closed}
	 * instead.
	 * @param status the code and reason, 1005 if the frame had none
	 */
	default void peerClosed(CloseStatus status) {
		closed(status);
	}

	/**
	 * The connection has ended.
	 * @param status the code and reason of the peer, or 1006 if the peer has vanished.
	 * After a close of this side that the peer has answered, it is any code except 1006
	 */
	void closed(CloseStatus status);

}
