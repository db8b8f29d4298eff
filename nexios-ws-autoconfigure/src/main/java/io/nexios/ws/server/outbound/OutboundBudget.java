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
 * The bytes that are on their way to all peers together. A message counts once, however
 * many queues hold it. The limit does not refuse a single message. What is done when it
 * is exceeded says {@link #whenExcessive}.
 *
 * @author Nexios Team
 */
public final class OutboundBudget {

	// The objects around the content of a message
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
	 * Set what is run whenever {@link #check} finds too much. To be called once, at
	 * start.
	 * @param action the action, which is quick
	 */
	public void whenExcessive(Runnable action) {
		this.whenExcessive = action;
	}

	/**
	 * Look whether something has to be done, because messages were added.
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
	 * Note what is held by writes that were given up, and will be free when they end.
	 * @param bytes the number of bytes, negative for writes that have ended
	 */
	void leaving(int bytes) {
		this.leaving.addAndGet(bytes);
	}

	public boolean isExceeded() {
		return this.used.get() > this.maxBytes;
	}

	/**
	 * Return whether the limit will be exceeded even when what is leaving has left.
	 * @return whether something has to be done about it
	 */
	public boolean isExcessive() {
		return this.used.get() - this.leaving.get() > this.maxBytes;
	}

	/**
	 * Return the bytes that are on their way.
	 * @return the number of bytes, each message with 100 for itself
	 */
	public long used() {
		return this.used.get();
	}

}
