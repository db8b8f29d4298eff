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

package io.nexios.ws.broker.redis.node;

import java.time.Duration;

import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task again and again. The task sets the next time itself, and there is one timer
 * at most. A timer that runs early says that the server stops: then the task does not run
 * any more.
 *
 * @author Nexios Team
 */
public final class Alarm {

	private final TimeSource time;

	private final Runnable task;

	private TimeSource.@Nullable Timer timer;

	private long number;

	private boolean closed;

	/**
	 * Create an alarm that does nothing before {@link #set}.
	 * @param time the time
	 * @param task the task
	 */
	public Alarm(TimeSource time, Runnable task) {
		this.time = time;
		this.task = task;
	}

	/**
	 * Run the task later, and not at the time that was set before.
	 * @param delay the delay
	 */
	public void set(Duration delay) {
		long current = next();
		if (current < 0) {
			return;
		}
		long due = this.time.nanoTime() + delay.toNanos();
		keep(current, this.time.schedule(() -> run(current, due), delay));
	}

	private synchronized long next() {
		cancel();
		return this.closed ? -1 : ++this.number;
	}

	private synchronized void keep(long current, TimeSource.Timer timer) {
		if (current == this.number && !this.closed) {
			this.timer = timer;
		}
		else {
			timer.cancel();
		}
	}

	private void run(long current, long due) {
		if (isDue(current, due)) {
			this.task.run();
		}
	}

	private synchronized boolean isDue(long current, long due) {
		if (this.closed || current != this.number) {
			return false;
		}
		this.closed = this.time.nanoTime() - due < 0;
		return !this.closed;
	}

	/**
	 * Do not run the task any more.
	 */
	public synchronized void close() {
		this.closed = true;
		cancel();
	}

	private void cancel() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

}
