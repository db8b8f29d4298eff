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

import java.util.function.LongSupplier;

/**
 * Measures for how long the writes of one connection have been under way, all of them
 * together. It stands still while the transport has nothing to write, and continues from
 * the same value with the next write. So the difference between two readings is the time
 * that the peer and the network to it have taken in between.
 * <p>
 * Guarded by the lock of its queue.
 *
 * @author Nexios Team
 */
final class WriteTime {

	private final LongSupplier nanoTime;

	private long before;

	private long startedAt;

	private boolean underWay;

	private long excused;

	/**
	 * Create a time that stands still at 0.
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 */
	WriteTime(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	void start() {
		this.startedAt = this.nanoTime.getAsLong();
		this.underWay = true;
	}

	void stop() {
		this.before = at(this.nanoTime.getAsLong());
		this.underWay = false;
	}

	/**
	 * Read this time, which is cheap while it stands still.
	 * @return the time in nanoseconds
	 */
	long read() {
		return this.underWay ? at(this.nanoTime.getAsLong()) : this.before;
	}

	private long at(long now) {
		return this.underWay ? this.before + Math.max(0, now - this.startedAt) : this.before;
	}

	/**
	 * Return how much time that counts has passed.
	 * @param reading an earlier reading
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the time in nanoseconds
	 */
	long since(long reading, long now) {
		return Math.max(0, at(now) - Math.max(reading, this.excused));
	}

	/**
	 * Excuse some of the time that has passed: it does not count.
	 * @param reading the reading from which the time is excused
	 * @param nanos the time to excuse at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long reading, long nanos, long now) {
		this.excused = Math.max(reading, this.excused) + Math.min(nanos, since(reading, now));
	}

}
