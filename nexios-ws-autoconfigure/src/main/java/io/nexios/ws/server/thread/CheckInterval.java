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

package io.nexios.ws.server.thread;

import java.time.Duration;

/**
 * Computes how often to check time limits: often enough for the limits to have a meaning,
 * and not so often that the checks cost much.
 *
 * @author Nexios Team
 */
public final class CheckInterval {

	private static final Duration LONGEST = Duration.ofMillis(500);

	private static final Duration SHORTEST = Duration.ofMillis(5);

	private static final int CHECKS_PER_LIMIT = 4;

	private CheckInterval() {
	}

	/**
	 * Return the time between two checks.
	 * @param limits the limits to check, 0 for none
	 * @return the time
	 */
	public static Duration of(Duration... limits) {
		Duration interval = LONGEST;
		for (Duration limit : limits) {
			Duration candidate = limit.dividedBy(CHECKS_PER_LIMIT);
			if (!limit.isZero() && candidate.compareTo(interval) < 0) {
				interval = candidate;
			}
		}
		return (interval.compareTo(SHORTEST) < 0) ? SHORTEST : interval;
	}

}
