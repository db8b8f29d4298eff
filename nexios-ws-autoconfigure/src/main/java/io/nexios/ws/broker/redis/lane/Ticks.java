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

package io.nexios.ws.broker.redis.lane;

import java.time.Duration;
import java.util.function.LongConsumer;

import io.nexios.ws.spi.TimeSource;

/**
 * Runs a task in regular intervals until it is closed. A tick that runs early is the last
 * one, because the server stops.
 *
 * @author Nexios Team
 */
public final class Ticks implements AutoCloseable {

	private final TimeSource time;

	private final Duration interval;

	private final LongConsumer task;

	private volatile boolean closed;

	/**
	 * Create ticks.
	 * @param time the time
	 * @param interval the interval
	 * @param task the task, which gets the time in nanoseconds. Must not block or fail
	 */
	public Ticks(TimeSource time, Duration interval, LongConsumer task) {
		this.time = time;
		this.interval = interval;
		this.task = task;
	}

	public void start() {
		long scheduled = this.time.nanoTime();
		this.time.schedule(() -> tick(scheduled), this.interval);
	}

	private void tick(long scheduled) {
		long now = this.time.nanoTime();
		boolean early = now - scheduled < this.interval.toNanos();
		if (!this.closed && !early) {
			this.task.accept(now);
			start();
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
