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

package io.nexios.ws.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The handshakes that are not decided, or accepted and not open. One clock looks at all
 * of them, so that the threads that wait need no timers of their own, which would cost
 * more than the waiting.
 *
 * @author Nexios Team
 */
final class PendingHandshakes {

	// How late a timeout may be noticed, against the cost of looking
	private static final Duration LONGEST_INTERVAL = Duration.ofMillis(500);

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(5);

	private static final int CHECKS_PER_TIMEOUT = 4;

	private final Set<Handshake> handshakes = ConcurrentHashMap.newKeySet();

	private final Duration timeout;

	private final ServerThreads threads;

	PendingHandshakes(Duration timeout, ServerThreads threads) {
		this.timeout = timeout;
		this.threads = threads;
		threads.scheduleRepeatedly(this::check, interval(timeout));
	}

	private static Duration interval(Duration timeout) {
		Duration interval = timeout.dividedBy(CHECKS_PER_TIMEOUT);
		if (interval.compareTo(LONGEST_INTERVAL) > 0) {
			return LONGEST_INTERVAL;
		}
		return (interval.compareTo(SHORTEST_INTERVAL) < 0) ? SHORTEST_INTERVAL : interval;
	}

	void add(Handshake handshake) {
		this.handshakes.add(handshake);
	}

	void remove(Handshake handshake) {
		this.handshakes.remove(handshake);
	}

	int size() {
		return this.handshakes.size();
	}

	private void check() {
		long now = System.nanoTime();
		for (Handshake handshake : this.handshakes) {
			if (handshake.isOverdue(now, this.timeout)) {
				// As giving up calls what the application has to do at the end
				this.threads.executeSurely(() -> handshake.giveUp(this.timeout));
			}
		}
	}

}
