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
 * What a container reports of one connection: {@code opened} first, {@code closed} last
 * and possibly again, never two calls at a time before. None of them runs user code or
 * waits for it, except that {@code text} and {@code binary} wait in
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
	 * @param payload what it carries, valid during the call
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
	 * {@link Transport#close}. Where a container answers by itself, {@link #closed} comes
	 * instead.
	 * @param status the code and reason, 1005 if the frame had none
	 */
	default void peerClosed(CloseStatus status) {
		closed(status);
	}

	/**
	 * The connection is gone.
	 * @param status the code and reason of the peer; after a close of this side any code
	 * but 1006 if the peer has answered it; 1006 if the peer has vanished
	 */
	void closed(CloseStatus status);

}
