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

package io.nexios.ws.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The time and the timers of groups and brokers. All their code takes the time from here,
 * so that a test can control it.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface TimeSource {

	/**
	 * Return the time of the wall clock.
	 * @return the time
	 */
	Instant instant();

	/**
	 * Return a time that only increases. Only differences have a meaning.
	 * @return the time in nanoseconds
	 */
	long nanoTime();

	/**
	 * Run a task later, on a thread of the server. The task must not block. When the
	 * server stops, each task that waits runs at once, so that nobody waits for it. A
	 * task that is scheduled after that runs at once, too. So a task that schedules
	 * itself again has to end if it runs early.
	 * @param task the task
	 * @param delay the delay
	 * @return the timer
	 */
	Timer schedule(Runnable task, Duration delay);

	/**
	 * A task that runs later.
	 */
	@FunctionalInterface
	interface Timer {

		/**
		 * Do not run the task, unless it is running or has run.
		 */
		void cancel();

	}

}
