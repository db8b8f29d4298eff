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

package io.nexios.ws.broker.redis.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.redis.subscribe.FakeRedis;
import io.nexios.ws.spi.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Batches}.
 *
 * @author Nexios Team
 */
class BatchesTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<List<Integer>> sent = new ArrayList<>();

	private final List<CompletableFuture<Void>> answers = new ArrayList<>();

	private final Set<Integer> unwanted = new HashSet<>();

	private final Batches<Integer> batches = new Batches<>(new Lane(Runnable::run, new LaneLog(this.time)), this.time,
			3, 2, (item) -> !this.unwanted.contains(item), (batch) -> {
				this.sent.add(batch);
				CompletableFuture<Void> answer = new CompletableFuture<>();
				this.answers.add(answer);
				return answer;
			});

	private void add(int... items) {
		for (int item : items) {
			this.batches.add(item);
			this.batches.send();
		}
	}

	@Test
	void itemIsSentAtOnceIfNothingIsInFlight() {
		add(1);
		assertThat(this.sent).containsExactly(List.of(1));
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void itemsWaitWhileTheLimitIsReachedAndAreThenSentTogether() {
		add(1, 2, 3, 4, 5, 6, 7);
		assertThat(this.sent).containsExactly(List.of(1), List.of(2));
		this.answers.get(1).complete(null);
		assertThat(this.sent).hasSize(3).endsWith(List.of(3, 4, 5));
		this.answers.get(0).complete(null);
		assertThat(this.sent).hasSize(4).endsWith(List.of(6, 7));
	}

	@Test
	void failureMakesRoomForTheNextBatch() {
		add(1, 2, 3);
		this.answers.get(0).completeExceptionally(FakeRedis.lost());
		assertThat(this.sent).endsWith(List.of(3));
	}

	@Test
	void itemThatWaitsTwiceIsSentOnce() {
		add(1, 2, 3, 3);
		this.answers.get(0).complete(null);
		this.answers.get(1).complete(null);
		assertThat(this.sent).containsExactly(List.of(1), List.of(2), List.of(3));
	}

	@Test
	void itemThatIsNotWantedAnyMoreIsDropped() {
		add(1, 2, 3, 4);
		this.unwanted.add(3);
		this.answers.get(0).complete(null);
		assertThat(this.sent).endsWith(List.of(4));
	}

	@Test
	void whatHasWaitedForTooLongIsRemoved() {
		add(1, 2, 3, 4);
		this.time.advance(Duration.ofSeconds(1));
		add(5);
		this.time.advance(Duration.ofSeconds(1));
		long limit = Duration.ofSeconds(2).toNanos();
		assertThat(this.batches.expire(this.time.nanoTime(), limit, (item) -> item != 3)).containsExactly(4);
		this.answers.get(0).complete(null);
		assertThat(this.sent).endsWith(List.of(3, 5));
	}

	@Test
	void whatIsClearedIsNotSent() {
		add(1, 2, 3);
		this.batches.clear();
		this.answers.get(0).complete(null);
		add(4);
		assertThat(this.sent).containsExactly(List.of(1), List.of(2), List.of(4));
	}

}
