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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.spi.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the positions that {@link MemoryGroupBroker} keeps of unused groups.
 *
 * @author Nexios Team
 */
class MemoryGroupBrokerRetentionTests {

	private static final Duration TTL = Duration.ofSeconds(10);

	private static final Duration MOMENT = Duration.ofMillis(1);

	private final ManualTimeSource time = new ManualTimeSource();

	private final MemoryGroupBroker broker = broker(100);

	@Test
	void positionOutlivesTheSubscriptionForTheLifetime() {
		Position start = get(this.broker.subscribe("a"));
		this.time.advance(TTL.multipliedBy(5));
		this.broker.unsubscribe("a");
		this.time.advance(TTL);
		assertThat(get(this.broker.subscribe("a"))).isEqualTo(start);
	}

	@Test
	void groupThatComesBackAfterTheLifetimeHasANewEpoch() {
		Position start = get(this.broker.subscribe("a"));
		this.broker.unsubscribe("a");
		this.time.advance(TTL.plus(MOMENT));
		Position again = get(this.broker.subscribe("a"));
		assertThat(again.epoch()).isNotEqualTo(start.epoch());
		assertThat(get(this.broker.history("a", start)).complete()).isFalse();
		assertThat(this.broker.forgottenPositions()).isZero();
	}

	@Test
	void positionOutlivesTheLastSavedMessageForTheLifetime() {
		save("a");
		Position end = get(this.broker.position("a"));
		this.time.advance(TTL.multipliedBy(2));
		assertThat(get(this.broker.history("a", end)).complete()).isTrue();
		assertThat(get(this.broker.history("a", end)).messages()).isEmpty();
	}

	@Test
	void lifetimeBeginsWhenTheLastMessageIsTooOldAlsoIfNobodyLooks() {
		save("a");
		Position end = get(this.broker.position("a"));
		this.time.advance(TTL.multipliedBy(2).plus(MOMENT));
		assertThat(get(this.broker.position("a")).epoch()).isNotEqualTo(end.epoch());
	}

	@Test
	void useOfAGroupBeginsItsLifetimeAgain() {
		Position position = get(this.broker.position("a"));
		for (int i = 0; i < 5; i++) {
			this.time.advance(TTL);
			assertThat(get(this.broker.position("a"))).isEqualTo(position);
			this.time.advance(TTL);
			assertThat(get(this.broker.history("a", position)).complete()).isTrue();
		}
	}

	@Test
	void positionOfASubscribedGroupIsKept() {
		Position start = get(this.broker.subscribe("a"));
		this.time.advance(TTL.multipliedBy(100));
		this.broker.purge();
		assertThat(get(this.broker.position("a"))).isEqualTo(start);
	}

	@Test
	void positionSurvivesThatAllMessagesAreDropped() {
		MemoryGroupBroker small = new MemoryGroupBroker(new HistoryLimits(5, 1, TTL, 1), this.time);
		Position start = get(small.position("a"));
		small.publish(publication("a"));
		small.publish(publication("a"));
		Position end = get(small.position("a"));
		assertThat(end.epoch()).isEqualTo(start.epoch());
		assertThat(end.offset()).isEqualTo(2);
		assertThat(get(small.history("a", start)).complete()).isFalse();
		assertThat(get(small.history("a", end)).complete()).isTrue();
	}

	@Test
	void purgeForgetsWhatIsTooOld() {
		for (int i = 0; i < 10; i++) {
			this.broker.position("g" + i);
			this.time.advance(Duration.ofSeconds(2));
		}
		this.broker.purge();
		assertThat(MemoryState.retained(this.broker)).isEqualTo(5);
		this.time.advance(TTL.plus(MOMENT));
		this.broker.purge();
		assertThat(MemoryState.retained(this.broker)).isZero();
		assertThat(this.broker.forgottenPositions()).isZero();
	}

	@Test
	void positionThatIsTooOldMakesRoomForANewOne() {
		this.broker.position("a");
		this.time.advance(TTL.plus(MOMENT));
		this.broker.position("b");
		assertThat(MemoryState.retained(this.broker)).isOne();
		assertThat(this.broker.forgottenPositions()).isZero();
	}

	@Test
	void oldestOfTooManyPositionsIsForgottenAndCounted() {
		MemoryGroupBroker small = broker(3);
		List<Position> positions = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			positions.add(get(small.subscribe("g" + i)));
		}
		assertThat(small.forgottenPositions()).isZero();
		for (int i = 0; i < 5; i++) {
			small.unsubscribe("g" + i);
		}
		assertThat(small.forgottenPositions()).isEqualTo(2);
		assertThat(MemoryState.retained(small)).isEqualTo(3);
		for (int i = 4; i >= 2; i--) {
			assertThat(get(small.subscribe("g" + i))).isEqualTo(positions.get(i));
		}
		assertThat(get(small.subscribe("g1")).epoch()).isNotEqualTo(positions.get(1).epoch());
		assertThat(get(small.subscribe("g0")).epoch()).isNotEqualTo(positions.get(0).epoch());
		assertThat(small.forgottenPositions()).isEqualTo(2);
	}

	@Test
	void positionThatIsTooOldAnywayIsNotCountedAsForgotten() {
		RetainedPositions retained = new RetainedPositions(new Lifetime(this.time, TTL), 1);
		retained.add("a", Position.start(1), this.time.nanoTime());
		this.time.advance(TTL.plus(MOMENT));
		retained.add("b", Position.start(2), this.time.nanoTime());
		retained.add("c", Position.start(3), this.time.nanoTime());
		assertThat(retained.forgotten()).isOne();
		assertThat(retained.take("c")).isEqualTo(Position.start(3));
	}

	@Test
	void positionThatIsTooOldIsNotTakenAlsoIfAYoungerOneIsBeforeIt() {
		RetainedPositions retained = new RetainedPositions(new Lifetime(this.time, TTL), 10);
		long before = this.time.nanoTime();
		this.time.advance(MOMENT);
		retained.add("young", Position.start(1), this.time.nanoTime());
		retained.add("old", Position.start(2), before);
		this.time.advance(TTL);
		retained.purge();
		assertThat(retained.take("old")).isNull();
		assertThat(retained.take("young")).isEqualTo(Position.start(1));
		assertThat(retained.size()).isZero();
	}

	@Test
	void groupThatIsUsedAgainIsNoLongerTheOldest() {
		MemoryGroupBroker small = broker(2);
		Position a = get(small.position("a"));
		Position b = get(small.position("b"));
		get(small.position("a"));
		get(small.position("c"));
		assertThat(get(small.subscribe("a"))).isEqualTo(a);
		assertThat(get(small.subscribe("b")).epoch()).isNotEqualTo(b.epoch());
	}

	@Test
	void unknownGroupsLeaveNothing() {
		for (int i = 0; i < 1_000; i++) {
			this.broker.publish(new Publication("g" + i, UUID.randomUUID(), this.time.instant(), new Payload.Text("x"),
					null, false));
			this.broker.history("h" + i, null);
			this.broker.history("i" + i, Position.start(1));
			this.broker.unsubscribe("u" + i);
		}
		assertThat(MemoryState.lanes(this.broker)).isEmpty();
		assertThat(MemoryState.retained(this.broker)).isZero();
	}

	@Test
	void historyOfAnUnknownGroupIsEmptyAndOnlyCompleteIfAllIsAskedFor() {
		GroupBroker.History history = get(this.broker.history("a", null));
		assertThat(history.messages()).isEmpty();
		assertThat(history.complete()).isTrue();
		assertThat(history.end()).isEqualTo(Position.start(history.end().epoch()));
		assertThat(history.start()).isEqualTo(history.end());
		assertThat(get(this.broker.history("a", history.end())).complete()).isFalse();
	}

	@Test
	void askingForPositionsOrSubscribingKeepsAsManyAsAllowed() {
		for (int i = 0; i < 1_000; i++) {
			this.broker.position("p" + i);
			this.broker.subscribe("s" + i);
			this.broker.unsubscribe("s" + i);
		}
		assertThat(MemoryState.lanes(this.broker)).isEmpty();
		assertThat(MemoryState.retained(this.broker)).isEqualTo(100);
		assertThat(this.broker.forgottenPositions()).isEqualTo(1_900);
	}

	@Test
	void closingForgetsEverything() {
		this.broker.position("a");
		this.broker.close();
		assertThat(MemoryState.retained(this.broker)).isZero();
	}

	private MemoryGroupBroker broker(int maxRetained) {
		return new MemoryGroupBroker(new HistoryLimits(100, Long.MAX_VALUE, TTL, Long.MAX_VALUE), this.time,
				maxRetained);
	}

	private void save(String group) {
		this.broker.publish(publication(group));
	}

	private Publication publication(String group) {
		return new Publication(group, UUID.randomUUID(), this.time.instant(), new Payload.Text("x"), null, true);
	}

	private static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().join();
	}

}
