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

import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.server.transport.OutboundFrame;

/**
 * Counts the bytes that are on their way to all peers together. A message counts once,
 * however many queues hold it. The budget itself refuses no message. The action of
 * {@link #whenExcessive} runs when the limit is exceeded.
 *
 * @author Nexios Team
 */
public final class OutboundBudget {

	// The bytes of the objects around the content of a message
	private static final int FRAME_OVERHEAD = 100;

	private final AtomicLong used = new AtomicLong();

	private final AtomicLong leaving = new AtomicLong();

	private final long maxBytes;

	private volatile Runnable whenExcessive = () -> {
	};

	public OutboundBudget(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Set the action that runs whenever {@link #check} finds too many bytes. To be called
	 * once, at the start.
	 * @param action the action, which must be quick
	 */
	public void whenExcessive(Runnable action) {
		this.whenExcessive = action;
	}

	/**
	 * Check the limit after messages were added, and run the action if necessary.
	 */
	public void check() {
		if (isExcessive()) {
			this.whenExcessive.run();
		}
	}

	void hold(OutboundFrame frame) {
		if (frame.hold()) {
			this.used.addAndGet(frame.size() + FRAME_OVERHEAD);
		}
	}

	void release(OutboundFrame frame) {
		if (frame.release()) {
			this.used.addAndGet(-frame.size() - FRAME_OVERHEAD);
		}
	}

	/**
	 * Record bytes of writes that were given up. These bytes become free when the writes
	 * end.
	 * @param bytes the number of bytes, negative for writes that have ended
	 */
	void leaving(int bytes) {
		this.leaving.addAndGet(bytes);
	}

	public boolean isExceeded() {
		return this.used.get() > this.maxBytes;
	}

	/**
	 * Return whether the limit is exceeded even without the bytes that are leaving.
	 * @return whether the action is necessary
	 */
	public boolean isExcessive() {
		return this.used.get() - this.leaving.get() > this.maxBytes;
	}

	/**
	 * Return the bytes that are on their way.
	 * @return the number of bytes. Each message counts 100 bytes more than its size
	 */
	public long used() {
		return this.used.get();
	}

}
