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

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * One open connection, as its container offers it. Never called with the thread's
 * interrupt flag set, which some containers answer by dropping the connection.
 * <p>
 * Calls to {@link #write} and {@link #close} never overlap: the outbound queue makes one
 * after the other. {@link #drop} may come at any time. {@link #pause} and {@link #resume}
 * alternate.
 *
 * @author Nexios Team
 */
public interface Transport {

	/**
	 * Write frames in their order and flush once. What this throws counts as failed.
	 * @param frames at least one frame
	 * @param mayBlock whether the calling thread may wait for the peer
	 * @param completion told once, before or after this returns
	 */
	void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion);

	/**
	 * Send a close frame behind everything written, and read on until the peer's. If the
	 * peer has closed first, this is the answer. Waits neither for the peer's close frame
	 * nor for the end of the connection.
	 * @param status the code and reason, which can be sent; 1005 for neither
	 * @param patience how long the frame may wait for room
	 */
	void close(CloseStatus status, Duration patience);

	/**
	 * Give the connection up now, without a close frame, whatever is being written. No
	 * byte is written from here on.
	 */
	void drop();

	/**
	 * Stop reading from the peer after the message that is being delivered. Called on the
	 * container's thread, under a lock, and therefore never waits.
	 */
	void pause();

	/**
	 * Wait until reading goes on, if that is how this container is paused. Called on the
	 * container's thread after {@link #pause()}.
	 */
	default void awaitResume() {
	}

	/**
	 * Read from the peer again.
	 */
	void resume();

	/**
	 * Return the session underneath.
	 * @param <T> the type to look for
	 * @param type the type to look for
	 * @return the session, or {@code null} if there is none of that type
	 */
	<T> @Nullable T unwrap(Class<T> type);

	/**
	 * Is told how a write ended.
	 */
	interface Completion {

		/**
		 * Everything was handed to the operating system.
		 */
		void succeeded();

		/**
		 * The connection is not usable any more.
		 * @param failure what happened
		 */
		void failed(Throwable failure);

	}

}
