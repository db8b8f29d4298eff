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
 * last, and the last one continues the drain.
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
	 * @param queuedAt the {@link WriteTime} at which the first one was added
	 * @param listener notified of the end of the write
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
	 * Record that the call has returned.
	 * @return whether the write was completed before. Otherwise its completion continues
	 * the drain
	 */
	boolean returned() {
		return !this.progress.compareAndSet(Progress.CALLED, Progress.RETURNED);
	}

	/**
	 * Gets notified of the end of a write.
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
		 * @param failure the failure
		 */
		void failed(OutboundWrite write, Throwable failure);

		/**
		 * Continue the drain: the write has completed after the call returned, and no
		 * other thread continues it.
		 */
		void goOn();

	}

	private enum Progress {

		/**
		 * The call has not returned, and the write has not completed.
		 */
		CALLED,

		/**
		 * The write completed before the call returned: the caller continues the drain.
		 */
		COMPLETED,

		/**
		 * The call returned first: the completion continues the drain.
		 */
		RETURNED

	}

}
