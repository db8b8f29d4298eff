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

package io.nexios.ws.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of several calls is in effect, and on which threads stages complete.
 *
 * @author Nexios Team
 */
abstract class SubscriptionContract extends DeliveryContract {

	private static final int ROUNDS = 50;

	@Test
	void lastOfManyCallsIsInEffectIfItSubscribes() {
		for (int round = 0; round < ROUNDS; round++) {
			String name = this.group + round;
			List<CompletionStage<?>> stages = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				stages.add(broker().subscribe(name));
				stages.add(broker().unsubscribe(name));
			}
			stages.add(broker().subscribe(name));
			stages.forEach(GroupBrokerFixture::get);
			publish(name, "x", false);
			publish(name, "y", true);
			assertThat(recorder().awaitTexts(name, 2)).containsExactly("x", "y");
		}
	}

	@Test
	void lastOfManyCallsIsInEffectIfItUnsubscribes() {
		for (int round = 0; round < ROUNDS; round++) {
			String name = this.group + round;
			List<CompletionStage<?>> stages = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				stages.add(broker().subscribe(name));
				stages.add(broker().unsubscribe(name));
			}
			stages.forEach(GroupBrokerFixture::get);
			publish(name, "lost", false);
			get(broker().subscribe(name));
			publish(name, "x", false);
			assertThat(recorder().awaitTexts(name, 1)).containsExactly("x");
		}
	}

	@Test
	void everythingIsDeliveredAfterTheLastOfConcurrentCalls() {
		for (int round = 0; round < ROUNDS; round++) {
			String name = this.group + round;
			inThreads(PUBLISHERS, (thread) -> {
				for (int i = 0; i < 20; i++) {
					broker().subscribe(name);
					broker().unsubscribe(name);
				}
			});
			get(broker().subscribe(name));
			for (int i = 0; i < 3; i++) {
				publish(name, String.valueOf(i), i % 2 == 0);
			}
			assertThat(recorder().awaitTexts(name, 3)).containsExactly("0", "1", "2");
		}
	}

	@Test
	void deliveryFollowsThePositionOfEachSubscriptionWithoutAGap() {
		AtomicBoolean stopped = new AtomicBoolean();
		CompletableFuture<?> publishing = publishUntil(stopped);
		List<Position> begun = new ArrayList<>();
		try {
			for (int i = 0; i < ROUNDS; i++) {
				Position position = get(broker().subscribe(this.group));
				begun.add(position);
				recorder().awaitBeyond(this.group, position.offset());
				get(broker().unsubscribe(this.group));
			}
		}
		finally {
			stopped.set(true);
			publishing.orTimeout(30, TimeUnit.SECONDS).join();
		}
		List<Long> offsets = recorder().positions(this.group).stream().map(Position::offset).toList();
		assertThat(offsets).isSorted().doesNotHaveDuplicates();
		assertThat(offsets).containsAll(begun.stream().map((position) -> position.offset() + 1).toList());
		assertThat(recorder().overlaps()).isZero();
	}

	@Test
	void nothingIsDeliveredBeforeTheSubscriptionHasBegun() {
		AtomicBoolean stopped = new AtomicBoolean();
		CompletableFuture<?> publishing = publishUntil(stopped);
		try {
			CompletableFuture<Position> stage = broker().subscribe(this.group).toCompletableFuture();
			int delivered = 0;
			while (delivered == 0) {
				delivered = recorder().size(this.group);
				boolean begun = stage.isDone();
				assertThat(delivered == 0 || begun).as("begun before the first delivery").isTrue();
			}
			assertThat(recorder().messages(this.group).get(0).offset()).isEqualTo(get(stage).offset() + 1);
		}
		finally {
			stopped.set(true);
			publishing.orTimeout(30, TimeUnit.SECONDS).join();
		}
	}

	private CompletableFuture<?> publishUntil(AtomicBoolean stopped) {
		return inThread(() -> {
			while (!stopped.get()) {
				publish(this.group, "x", true);
			}
		});
	}

	@Test
	void callsCanBeMadeWhereAStageCompletes() {
		CompletionStage<?> stage = broker().subscribe(this.group);
		for (int i = 0; i < ROUNDS; i++) {
			Publication publication = publication(this.group, String.valueOf(i), i % 2 == 0);
			stage = stage.thenCompose((result) -> broker().publish(publication))
				.thenCompose((result) -> broker().history(this.group, null))
				.thenCompose((result) -> broker().position(this.group));
		}
		get(stage);
		// A message that is still on its way does not come after the end of a
		// subscription
		recorder().awaitTexts(this.group, ROUNDS);
		get(broker().unsubscribe(this.group)
			.thenCompose((result) -> broker().subscribe(this.group))
			.thenCompose((result) -> broker().publish(publication(this.group, "end", false))));
		List<String> expected = new ArrayList<>(IntStream.range(0, ROUNDS).mapToObj(String::valueOf).toList());
		expected.add("end");
		assertThat(recorder().awaitTexts(this.group, ROUNDS + 1)).isEqualTo(expected);
	}

	@Test
	void publishersThatAnswerEachOtherWhereStagesCompleteDoNotStop() {
		List<String> groups = List.of(this.group, this.otherGroup);
		groups.forEach((name) -> get(broker().subscribe(name)));
		inThreads(PUBLISHERS, (thread) -> {
			CompletionStage<?> stage = CompletableFuture.completedStage(null);
			for (int i = 0; i < 100; i++) {
				Publication publication = publication(groups.get((thread + i) % 2), "x", i % 3 == 0);
				stage = stage.thenCompose((result) -> broker().publish(publication));
			}
			get(stage);
		});
		groups.forEach((name) -> recorder().awaitTexts(name, PUBLISHERS * 50));
		assertThat(recorder().overlaps()).isZero();
	}

}
