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

import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.redis.wire.MetaLifetime;

/**
 * How a message is saved.
 *
 * @param maxMessages the number of messages that the group keeps
 * @param ttl the TTL of the stream in milliseconds
 * @param metaTtl the TTL of the meta in milliseconds
 * @author Nexios Team
 */
record Saving(int maxMessages, long ttl, long metaTtl) {

	private static final Duration LONGEST_TTL = Duration.ofDays(36_500);

	static Saving of(HistoryLimits limits) {
		Duration bounded = (limits.ttl().compareTo(LONGEST_TTL) < 0) ? limits.ttl() : LONGEST_TTL;
		long ttl = Math.max(1, bounded.toMillis());
		return new Saving(limits.maxMessages(), ttl, MetaLifetime.of(limits).toMillis());
	}

}
