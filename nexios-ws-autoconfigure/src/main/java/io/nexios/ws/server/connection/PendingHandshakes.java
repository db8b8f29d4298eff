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

package io.nexios.ws.server.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.thread.CheckInterval;
import io.nexios.ws.server.thread.ServerThreads;

/**
 * The handshakes that are undecided, or accepted but not open yet. One clock checks all
 * of them, so that the waiting threads need no timers of their own. Such timers would
 * cost more than the wait.
 *
 * @author Nexios Team
 */
public final class PendingHandshakes {

	private final Set<Entry> handshakes = ConcurrentHashMap.newKeySet();

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final Duration timeout;

	private final ServerThreads threads;

	PendingHandshakes(Duration timeout, ServerThreads threads) {
		this.timeout = timeout;
		this.threads = threads;
		threads.scheduleRepeatedly(this::check, CheckInterval.of(timeout));
	}

	void add(Entry handshake) {
		this.handshakes.add(handshake);
	}

	void remove(Entry handshake) {
		this.handshakes.remove(handshake);
	}

	public int size() {
		return this.handshakes.size();
	}

	/**
	 * Return the throttle for log lines about handshakes, by route.
	 * @return the throttle
	 */
	LogThrottle<String> throttle() {
		return this.throttle;
	}

	private void check() {
		long now = System.nanoTime();
		for (Entry handshake : this.handshakes) {
			if (handshake.isOverdue(now, this.timeout)) {
				// In a task, because giving up runs the application's actions for the end
				this.threads.executeSurely(() -> handshake.giveUp(this.timeout));
			}
		}
	}

	/**
	 * A handshake that a thread waits for.
	 */
	interface Entry {

		/**
		 * Return whether a thread has been waiting for too long.
		 * @param now the time, in the scale of {@link System#nanoTime()}
		 * @param timeout the time limit for the decision, and then for the opening
		 * @return whether the wait is longer
		 */
		boolean isOverdue(long now, Duration timeout);

		/**
		 * Give the handshake up, if it is still overdue.
		 * @param timeout the time limit for the decision, and then for the opening
		 */
		void giveUp(Duration timeout);

	}

}
