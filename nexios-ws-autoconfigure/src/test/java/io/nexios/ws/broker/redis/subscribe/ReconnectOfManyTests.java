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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The work that a reconnect of many groups takes without Redis. Prints the time.
 *
 * @author Nexios Team
 */
class ReconnectOfManyTests extends SubscriptionsFixture {

	private static final int GROUPS = 10_000;

	@Test
	void tenThousandGroupsAreCheckedWithFewRequests() {
		connect();
		for (int i = 0; i < GROUPS; i++) {
			this.subscriptions.subscribe("group-" + i);
		}
		settle();
		assertThat(this.redis.interest()).hasSize(GROUPS);
		loseSubscriber();
		int behind = ThreadLocalRandom.current().nextInt(GROUPS);
		this.redis.publish("group-" + behind, "missed", true);
		int before = this.redis.requests();
		long begin = System.nanoTime();
		connectSubscriber();
		settle();
		System.out.printf("Reconnect of %d groups: %d ms%n", GROUPS, (System.nanoTime() - begin) / 1_000_000);
		assertThat(texts()).containsExactly("missed");
		assertThat(this.redis.requests() - before).isLessThan(2 * (GROUPS / 256 + 3) + 5);
	}

}
