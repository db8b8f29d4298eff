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

package io.nexios.ws.broker.redis.subscribe;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Threads that subscribe and unsubscribe, while lanes run on other threads, and while
 * connections and delays end.
 *
 * @author Nexios Team
 */
@Timeout(120)
class SubscriptionsStressTests {

	static LongStream seeds() {
		long first = ThreadLocalRandom.current().nextLong(1_000_000);
		return LongStream.range(first, first + Long.getLong("nexios.stress.seeds", 20));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIsWantedInTheEndIsSubscribedTo(long seed) {
		try (SubscriptionsStress stress = new SubscriptionsStress(seed)) {
			stress.run();
		}
	}

}
