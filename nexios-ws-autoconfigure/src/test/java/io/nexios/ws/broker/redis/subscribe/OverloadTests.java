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

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.Position;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lane that does not keep up.
 *
 * @author Nexios Team
 */
class OverloadTests {

	private static final String LARGE = "x".repeat(100_000);

	private final SubscriptionsFixture fixture = new SubscriptionsFixture(SubscriptionsFixture.DELAY, 1, true);

	private void publish(String group, int from, int to, boolean saved) {
		for (int i = from; i < to; i++) {
			this.fixture.redis.publish(group, i + " " + LARGE, saved);
		}
	}

	private void arrive() {
		boolean more = true;
		while (more) {
			more = this.fixture.connection().answer();
		}
	}

	private List<String> numbers() {
		return this.fixture.texts().stream().map((text) -> text.substring(0, text.indexOf(' '))).toList();
	}

	@Test
	void savedMessagesThatAreDroppedAreRepairedInOrder() {
		this.fixture.connect();
		this.fixture.subscribe("a");
		publish("a", 0, 500, true);
		arrive();
		this.fixture.settle();
		assertThat(numbers()).hasSize(500).startsWith("0", "1", "2").endsWith("498", "499");
		assertThat(this.fixture.recorder.repaired).isGreaterThan(400);
		assertThat(this.fixture.losses()).isEmpty();
		assertThat(this.fixture.recorder.ignored).isZero();
	}

	@Test
	void messagesThatAreDroppedAtTheEndAreRepairedToo() {
		this.fixture.connect();
		this.fixture.subscribe("a");
		this.fixture.subscribe("b");
		publish("b", 0, 200, false);
		publish("a", 0, 3, true);
		arrive();
		this.fixture.settle();
		List<Long> offsets = new ArrayList<>();
		for (Object message : this.fixture.delivered) {
			Position position = ((BrokerMessage) message).position();
			if (position != null) {
				offsets.add(position.offset());
			}
		}
		assertThat(offsets).containsExactly(1L, 2L, 3L);
	}

	@Test
	void unsavedMessagesThatAreDroppedAreCounted() {
		this.fixture.connect();
		this.fixture.subscribe("a");
		publish("a", 0, 100, false);
		arrive();
		this.fixture.settle();
		assertThat(this.fixture.recorder.ignored).isPositive();
		assertThat(this.fixture.delivered.size() + this.fixture.recorder.ignored).isEqualTo(100);
	}

	@Test
	void callsAreRefusedWhileTooMuchWaits() {
		this.fixture.connect();
		this.fixture.subscribe("a");
		publish("a", 0, 200, false);
		arrive();
		int refused = 0;
		for (int i = 0; i < 1_000; i++) {
			refused += SubscriptionsFixture.future(this.fixture.subscriptions.subscribe("a")).isCompletedExceptionally()
					? 1 : 0;
		}
		assertThat(refused).isPositive();
		this.fixture.settle();
		assertThat(this.fixture.subscribe("a")).isNotNull();
	}

}
