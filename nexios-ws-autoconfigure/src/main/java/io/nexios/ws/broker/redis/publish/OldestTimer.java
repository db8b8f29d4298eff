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

package io.nexios.ws.broker.redis.publish;

import java.time.Duration;

import io.nexios.ws.spi.TimeSource;

/**
 * One timer for the oldest publication. The lock of the {@link Outbox} guards whether
 * there is one.
 *
 * @author Nexios Team
 */
final class OldestTimer {

	private final TimeSource time;

	private final Task task;

	private boolean armed;

	OldestTimer(TimeSource time, Task task) {
		this.time = time;
		this.task = task;
	}

	/**
	 * Prepare the timer.
	 * @return whether the caller has to start it. Otherwise it runs already
	 */
	boolean arm() {
		boolean start = !this.armed;
		this.armed = true;
		return start;
	}

	/**
	 * Start the timer. Called without the lock, because the task may run at once.
	 * @param delay the delay
	 */
	void start(Duration delay) {
		long due = this.time.nanoTime() + delay.toNanos();
		this.time.schedule(() -> this.task.run(this.time.nanoTime() - due < 0), delay);
	}

	void disarm() {
		this.armed = false;
	}

	/**
	 * What the timer runs.
	 */
	@FunctionalInterface
	interface Task {

		/**
		 * Handle the end of the time.
		 * @param early whether the server stops and the time is not over
		 */
		void run(boolean early);

	}

}
