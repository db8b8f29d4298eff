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

package io.nexios.ws.server.outbound;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;

/**
 * One write and its completion. Either the completion or the return of the call comes
 * last, and the last one goes on draining.
 *
 * @author Nexios Team
 */
final class OutboundWrite implements OutboundStep, Transport.Completion {

	private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.CALLED);

	private final List<OutboundFrame> frames;

	private final long queuedAt;

	private final int bytes;

	private final Listener listener;

	/**
	 * Create a write.
	 * @param frames the messages
	 * @param queuedAt the write time when the first one was added
	 * @param listener told of the end of the write
	 */
	OutboundWrite(List<OutboundFrame> frames, long queuedAt, Listener listener) {
		this.frames = frames;
		this.queuedAt = queuedAt;
		this.bytes = size(frames);
		this.listener = listener;
	}

	private static int size(List<OutboundFrame> frames) {
		int size = 0;
		for (OutboundFrame frame : frames) {
			size += frame.size();
		}
		return size;
	}

	List<OutboundFrame> frames() {
		return this.frames;
	}

	long queuedAt() {
		return this.queuedAt;
	}

	int bytes() {
		return this.bytes;
	}

	@Override
	public void succeeded() {
		this.listener.written(this);
		if (!this.progress.compareAndSet(Progress.CALLED, Progress.COMPLETED)) {
			this.listener.goOn();
		}
	}

	@Override
	public void failed(Throwable failure) {
		this.listener.failed(this, failure);
	}

	/**
	 * Note that the call has returned.
	 * @return whether the write was completed before; otherwise its completion goes on
	 */
	boolean isCompletedOnReturn() {
		return !this.progress.compareAndSet(Progress.CALLED, Progress.RETURNED);
	}

	/**
	 * Told of the end of a write.
	 */
	interface Listener {

		/**
		 * The messages were handed to the operating system.
		 * @param write the write
		 */
		void written(OutboundWrite write);

		/**
		 * The write has failed.
		 * @param write the write
		 * @param failure what happened
		 */
		void failed(OutboundWrite write, Throwable failure);

		/**
		 * The write has completed after the call returned: nobody else goes on draining.
		 */
		void goOn();

	}

	private enum Progress {

		/**
		 * The call has neither returned nor completed.
		 */
		CALLED,

		/**
		 * Completed while the call was still under way: the caller goes on.
		 */
		COMPLETED,

		/**
		 * Returned first: the completion goes on.
		 */
		RETURNED

	}

}
