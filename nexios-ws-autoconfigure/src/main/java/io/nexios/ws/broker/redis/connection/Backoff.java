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

package io.nexios.ws.broker.redis.connection;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pauses between attempts. Each is at most twice as long as the one before, and at
 * least half of what it may be. So nodes that have lost Redis at the same time do not
 * come back at the same time.
 *
 * @author Nexios Team
 */
final class Backoff {

	static final Duration FIRST = Duration.ofMillis(50);

	static final Duration LONGEST = Duration.ofSeconds(5);

	private final DoubleSupplier random;

	private Duration longest = FIRST;

	/**
	 * Create pauses.
	 * @param random returns numbers from 0 to 1
	 */
	Backoff(DoubleSupplier random) {
		this.random = random;
	}

	/**
	 * Return the next pause.
	 * @return the pause
	 */
	Duration next() {
		long half = this.longest.toNanos() / 2;
		Duration doubled = this.longest.multipliedBy(2);
		this.longest = (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
		return Duration.ofNanos(half + (long) (half * this.random.getAsDouble()));
	}

	/**
	 * Begin with a short pause again.
	 */
	void reset() {
		this.longest = FIRST;
	}

}
