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

package io.nexios.ws.server.inbound;

import java.time.Duration;

/**
 * Measures how long one message has been arriving. The container's thread starts and
 * stops it, and the sweeper reads it. Time in which reading is paused does not count,
 * because the rest of the message cannot arrive then. Time that the sweeper excuses does
 * not count either.
 *
 * @author Nexios Team
 */
final class MessageClock {

	private volatile boolean running;

	private volatile long startedAt;

	// Used only by the sweeper
	private long countsFrom = System.nanoTime();

	void start() {
		if (!this.running) {
			this.startedAt = System.nanoTime();
			this.running = true;
		}
	}

	void stop() {
		if (this.running) {
			this.running = false;
		}
	}

	/**
	 * Check whether the message takes too long. While reading is paused, the time starts
	 * again.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @param limit how long it may take
	 * @param paused whether reading is paused
	 * @return whether it takes longer, or {@code false} if no message is arriving
	 */
	boolean checkOverdue(long now, Duration limit, boolean paused) {
		if (paused) {
			this.countsFrom = now;
		}
		return this.running && elapsed(now) > limit.toNanos();
	}

	private long elapsed(long now) {
		return Math.min(now - this.startedAt, now - this.countsFrom);
	}

	/**
	 * Excuse some of the time for which the message has been arriving: it does not count.
	 * @param nanos the time to excuse at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long nanos, long now) {
		long elapsed = Math.max(0, elapsed(now));
		this.countsFrom = now - elapsed + Math.min(nanos, elapsed);
	}

}
