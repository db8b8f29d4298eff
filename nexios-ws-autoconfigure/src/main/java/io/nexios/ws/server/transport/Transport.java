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
 * The operations that a container offers for one open connection. They are never called
 * while the interrupt flag of the thread is set, because then some containers drop the
 * connection.
 * <p>
 * Calls of {@link #write} and {@link #close} never overlap: the outbound queue makes one
 * after the other. {@link #drop} may be called at any time. {@link #pause} and
 * {@link #resume} alternate.
 *
 * @author Nexios Team
 */
public interface Transport {

	/**
	 * Write frames in their order and flush once. If this method throws an exception, the
	 * write has failed.
	 * @param frames at least one frame
	 * @param mayBlock whether the calling thread may wait for the peer
	 * @param completion called once, before or after this method returns
	 */
	void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion);

	/**
	 * Send a close frame after everything that was written, and continue to read until
	 * the peer's close frame. If the peer has closed first, this is the answer. This
	 * method waits neither for the peer's close frame nor for the end of the connection.
	 * @param status a code that may be sent and a reason, or 1005 for a close frame with
	 * neither
	 * @param patience how long the frame may wait for room
	 */
	void close(CloseStatus status, Duration patience);

	/**
	 * Drop the connection now, without a close frame, even if a write is under way. No
	 * byte is written afterwards.
	 */
	void drop();

	/**
	 * Pause reading from the peer after the message that is being delivered. Called on
	 * the container's thread under a lock. So this method never waits.
	 */
	void pause();

	/**
	 * Wait until reading resumes, if this container is paused by waiting. Called on the
	 * container's thread after {@link #pause()}.
	 */
	default void awaitResume() {
	}

	/**
	 * Resume reading from the peer.
	 */
	void resume();

	/**
	 * Return the underlying session.
	 * @param <T> the type to look for
	 * @param type the type to look for
	 * @return the session, or {@code null} if there is none of that type
	 */
	<T> @Nullable T unwrap(Class<T> type);

	/**
	 * Gets the outcome of a write.
	 */
	interface Completion {

		/**
		 * Everything was handed to the operating system.
		 */
		void succeeded();

		/**
		 * The write has failed, and the connection cannot be used any more.
		 * @param failure what happened
		 */
		void failed(Throwable failure);

	}

}
