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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.Position;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions to a few groups, driven by a seed, and what is expected of each group.
 *
 * @author Nexios Team
 */
final class SubscriptionsModel {

	private static final String[] GROUPS = { "a", "b", "c", "d" };

	private final Map<String, Expected> expected = new HashMap<>();

	private final List<String> wrong = new ArrayList<>();

	private final SubscriptionsFixture fixture;

	private final Random random;

	private final String seed;

	private int published;

	SubscriptionsModel(long seed) {
		this.random = new Random(seed);
		this.seed = "seed " + seed;
		Duration delay = (this.random.nextInt(4) == 0) ? Duration.ZERO : SubscriptionsFixture.DELAY;
		this.fixture = new SubscriptionsFixture(delay, 1 + this.random.nextInt(3), true);
		for (String group : GROUPS) {
			this.expected.put(group, new Expected());
		}
		this.fixture.subscriber = new Subscriber() {

			@Override
			public void onMessage(BrokerMessage message) {
				of(message.publication().group()).delivered(message);
			}

			@Override
			public void onLoss(Loss loss) {
				of(loss.group()).lost(loss);
			}

		};
	}

	private Expected of(String group) {
		return this.expected.get(group);
	}

	void run(int steps) {
		this.fixture.connect();
		for (int i = 0; i < steps; i++) {
			step();
		}
		comeToRest();
		check();
	}

	private void step() {
		String group = GROUPS[this.random.nextInt(GROUPS.length)];
		FakeConnection commands = this.fixture.redis.commands();
		switch (this.random.nextInt(16)) {
			case 0 -> subscribe(group);
			case 1 -> unsubscribe(group);
			case 2, 3 -> publish(group, true);
			case 4 -> publish(group, false);
			case 5, 6 -> this.fixture.connection().execute();
			case 7, 8, 9 -> this.fixture.connection().answer();
			case 10, 11, 12, 13 -> {
				if (commands != null && !(this.random.nextBoolean() && commands.execute())) {
					commands.answer();
				}
			}
			case 14 -> runLanes();
			default -> rare();
		}
	}

	private void runLanes() {
		for (int i = this.random.nextInt(8); i > 0; i--) {
			this.fixture.runLane();
		}
	}

	private void rare() {
		switch (this.random.nextInt(12)) {
			case 0 -> this.fixture.loseSubscriber();
			case 1 -> this.fixture.loseCommands();
			case 2, 3, 4 -> connectAgain();
			case 5 -> this.fixture.settle();
			case 6 -> this.fixture.subscriptions.announce();
			default -> this.fixture.time.advance(Duration.ofMillis(this.random.nextInt(2_000)));
		}
	}

	private void connectAgain() {
		if (!this.fixture.isConnected()) {
			this.fixture.connectSubscriber();
		}
		if (this.fixture.redis.commands() == null) {
			this.fixture.connectCommands();
		}
	}

	private void subscribe(String group) {
		Expected expected = of(group);
		CompletionStage<Position> stage = this.fixture.subscriptions.subscribe(group);
		expected.calls.add(stage.toCompletableFuture());
		int call = expected.calls.size();
		int before = this.published;
		stage.whenComplete((position, failure) -> expected.subscribed(call, position, before));
	}

	private void unsubscribe(String group) {
		Expected expected = of(group);
		CompletionStage<Void> stage = this.fixture.subscriptions.unsubscribe(group);
		expected.calls.add(stage.toCompletableFuture());
		int call = expected.calls.size();
		stage.whenComplete((nothing, failure) -> expected.unsubscribed(call, failure));
	}

	private void publish(String group, boolean saved) {
		String text = String.valueOf(this.published++);
		this.fixture.redis.publish(group, text, saved);
	}

	private void comeToRest() {
		connectAgain();
		this.fixture.settle();
		for (int i = 0; i < 20; i++) {
			this.fixture.time.advance(Duration.ofMillis(500));
			this.fixture.settle();
		}
	}

	private void check() {
		assertThat(this.wrong).as(this.seed).isEmpty();
		Set<String> desired = new TreeSet<>();
		Set<String> channels = new TreeSet<>(Set.of(FakeRedis.NAMES.probe(FakeRedis.NODE)));
		this.expected.forEach((group, expected) -> {
			assertThat(expected.calls).as(this.seed).allMatch(CompletableFuture::isDone);
			if (expected.last != null) {
				desired.add(group);
				channels.add(FakeRedis.NAMES.group(group).channel());
				assertThat(expected.last).as(this.seed).isEqualTo(this.fixture.redis.group(group).end());
			}
		});
		assertThat(this.fixture.redis.interest()).as(this.seed).isEqualTo(desired);
		assertThat(this.fixture.connection().channels()).as(this.seed).isEqualTo(channels);
		assertThat(this.fixture.subscriptions.groups()).as(this.seed).isEqualTo(desired.size());
	}

	// A failure inside a callback would not reach the test
	private void expect(boolean right, String expectation) {
		if (!right) {
			this.wrong.add(expectation);
		}
	}

	/**
	 * What is expected of a group.
	 */
	private final class Expected {

		private final List<CompletableFuture<?>> calls = new ArrayList<>();

		private int completed;

		private int from;

		private @Nullable Position last;

		void subscribed(int call, @Nullable Position position, int before) {
			completed(call);
			if (position != null && this.last == null) {
				this.last = position;
				this.from = before;
			}
			else {
				expect(Objects.equals(position, this.last), "position of a subscription");
			}
		}

		void unsubscribed(int call, @Nullable Throwable failure) {
			completed(call);
			expect(failure == null, "no failure");
			this.last = null;
		}

		private void completed(int call) {
			expect(call == ++this.completed, "order of the calls");
		}

		void delivered(BrokerMessage message) {
			Position last = this.last;
			expect(last != null, "no delivery without a subscription");
			expect(Integer.parseInt(SubscriptionsFixture.text(message)) >= this.from, "no message from before");
			if (message.position() != null && last != null) {
				expect(message.position().equals(last.next(message.publication().id())), "no gap");
				this.last = message.position();
			}
		}

		void lost(Loss loss) {
			expect(false, "no loss");
		}

	}

}
