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

package io.nexios.ws.broker.redis.wire;

import java.time.Duration;

import io.nexios.ws.broker.HistoryLimits;

/**
 * How long the meta of a group is kept after its last use. It outlives the stream, so
 * that a group does not lose its epoch while there are messages.
 *
 * @author Nexios Team
 */
public final class MetaLifetime {

	private static final Duration SHORTEST = Duration.ofDays(30);

	private static final Duration LONGEST = Duration.ofDays(73_000);

	private MetaLifetime() {
	}

	/**
	 * Return the lifetime of the meta.
	 * @param limits the limits of the history
	 * @return 30 days, or twice the maximum age of a message if that is longer
	 */
	public static Duration of(HistoryLimits limits) {
		boolean bounded = limits.ttl().compareTo(LONGEST.dividedBy(2)) < 0;
		Duration twice = bounded ? limits.ttl().multipliedBy(2) : LONGEST;
		return (twice.compareTo(SHORTEST) > 0) ? twice : SHORTEST;
	}

}
