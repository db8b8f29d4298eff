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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nexios.ws.spi.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryGroupBroker}: the contract, and the limits of its histories.
 *
 * @author Nexios Team
 */
class MemoryGroupBrokerTests extends GroupBrokerContract {

	/** The size of a saved message in addition to its payload. */
	// With the name of the group, which is one letter
	private static final int OVERHEAD = 251;

	private static final Duration LONG = Duration.ofDays(1);

	private static final long UNBOUNDED = Long.MAX_VALUE;

	private final ManualTimeSource time = new ManualTimeSource();

	@Override
	protected GroupBroker createBroker() {
		return new MemoryGroupBroker(new HistoryLimits(MAX_MESSAGES, UNBOUNDED, LONG, UNBOUNDED), this.time);
	}

	@Test
	void acceptanceTellsWhetherSomebodyAsksForTheGroup() {
		assertThat(publish(this.group, "x", false).subscribed()).isFalse();
		assertThat(publish(this.group, "x", true).subscribed()).isFalse();
		get(broker().subscribe(this.group));
		assertThat(publish(this.group, "x", false).subscribed()).isTrue();
		get(broker().unsubscribe(this.group));
		assertThat(publish(this.group, "x", false).subscribed()).isFalse();
	}

	@Test
	void countIsBounded() {
		MemoryGroupBroker broker = broker(3, UNBOUNDED, LONG, UNBOUNDED);
		save(broker, "a", "1", "2", "3", "4", "5");
		save(broker, "b", "1");
		assertThat(history(broker, "a")).containsExactly("3", "4", "5");
		assertThat(history(broker, "b")).containsExactly("1");
	}

	@Test
	void bytesOfOneGroupAreBounded() {
		MemoryGroupBroker broker = broker(100, 2 * (OVERHEAD + 10), LONG, UNBOUNDED);
		save(broker, "a", "a".repeat(10), "b".repeat(10));
		assertThat(history(broker, "a")).hasSize(2);
		save(broker, "a", "c");
		assertThat(history(broker, "a")).containsExactly("b".repeat(10), "c");
	}

	@Test
	void messageBeyondTheLimitAloneIsNotKept() {
		MemoryGroupBroker broker = broker(100, OVERHEAD + 10, LONG, UNBOUNDED);
		save(broker, "a", "small", "x".repeat(11));
		assertThat(lanes(broker)).isEmpty();
		assertThat(history(broker, "a")).isEmpty();
		assertThat(get(broker.position("a")).offset()).isEqualTo(2);
	}

	@Test
	void bytesOfAllGroupsAreBoundedAndTheOldestOfAllIsDroppedFirst() {
		MemoryGroupBroker broker = broker(100, UNBOUNDED, LONG, 4 * (OVERHEAD + 1));
		save(broker, "a", "1");
		save(broker, "b", "2");
		save(broker, "a", "3");
		save(broker, "c", "4");
		assertThat(broker.histories(100).toCompletableFuture().join()).containsOnlyKeys("a", "b", "c");
		save(broker, "c", "5");
		assertThat(history(broker, "a")).containsExactly("3");
		assertThat(history(broker, "b")).containsExactly("2");
		save(broker, "c", "6");
		assertThat(broker.histories(100).toCompletableFuture().join()).containsOnlyKeys("a", "c");
		assertThat(lanes(broker)).containsOnlyKeys("a", "c");
		save(broker, "c", "7");
		assertThat(history(broker, "c")).containsExactly("4", "5", "6", "7");
		assertThat(lanes(broker)).containsOnlyKeys("c");
	}

	@Test
	void ageIsBoundedAlsoWhenNothingIsPublished() {
		MemoryGroupBroker broker = broker(100, UNBOUNDED, Duration.ofSeconds(10), UNBOUNDED);
		save(broker, "a", "1");
		this.time.advance(Duration.ofSeconds(6));
		save(broker, "a", "2");
		this.time.advance(Duration.ofSeconds(4));
		assertThat(history(broker, "a")).containsExactly("1", "2");
		this.time.advance(Duration.ofMillis(1));
		assertThat(history(broker, "a")).containsExactly("2");
		this.time.advance(Duration.ofSeconds(6));
		broker.purge();
		assertThat(lanes(broker)).isEmpty();
		assertThat(savedBytes(broker)).isZero();
	}

	@Test
	void publicationDropsWhatIsTooOldInOtherGroups() {
		MemoryGroupBroker broker = broker(100, UNBOUNDED, Duration.ofSeconds(10), UNBOUNDED);
		save(broker, "a", "1");
		this.time.advance(Duration.ofSeconds(11));
		broker.publish(at("b", "x", false));
		assertThat(lanes(broker)).isEmpty();
	}

	@Test
	void unlimitedAgeIsPossible() {
		MemoryGroupBroker broker = broker(100, UNBOUNDED, Duration.ofSeconds(Long.MAX_VALUE), UNBOUNDED);
		save(broker, "a", "1");
		assertThat(history(broker, "a")).containsExactly("1");
	}

	@ParameterizedTest
	@MethodSource
	void payloadsCountAsTheyAreSentAtMost(Payload payload, int size) {
		assertThat(payload.size()).isEqualTo(size);
	}

	static Stream<Arguments> payloadsCountAsTheyAreSentAtMost() {
		return Stream.of(Arguments.of(new Payload.Json("{\"\u4f60\":1}"), 9), Arguments.of(new Payload.Text("abc"), 3),
				Arguments.of(new Payload.Text("\u4f60"), 3), Arguments.of(new Payload.Text("a\"\n"), 5),
				Arguments.of(new Payload.Text("\u0001"), 6), Arguments.of(new Payload.Bytes(new byte[4]), 8));
	}

	@Test
	void incompleteHistoryHasWhatIsKeptAfterTheOffsetOrAllOfAnotherEpoch() {
		MemoryGroupBroker broker = broker(3, UNBOUNDED, LONG, UNBOUNDED);
		save(broker, "a", "1", "2", "3", "4", "5");
		Position end = get(broker.position("a"));
		assertThat(after(broker, new Position(end.epoch(), 4, 1))).containsExactly("5");
		assertThat(after(broker, new Position(end.epoch(), 2, 1))).containsExactly("3", "4", "5");
		assertThat(after(broker, new Position(end.epoch(), 1, 1))).containsExactly("3", "4", "5");
		assertThat(after(broker, new Position(end.epoch(), 5, 1))).isEmpty();
		assertThat(after(broker, new Position(end.epoch(), 6, 1))).isEmpty();
		assertThat(after(broker, new Position(end.epoch(), -1, 1))).containsExactly("3", "4", "5");
		assertThat(after(broker, new Position(end.epoch() + 1, 4, 1))).containsExactly("3", "4", "5");
	}

	@Test
	void startIsThePositionBeforeTheFirstOfTheMessages() {
		MemoryGroupBroker broker = broker(3, UNBOUNDED, LONG, UNBOUNDED);
		save(broker, "a", "1", "2", "3", "4", "5");
		for (long offset = -1; offset < 7; offset++) {
			GroupBroker.History history = get(broker.history("a", new Position(1, offset, 1)));
			assertThat(history.start()).isNotNull();
			assertThat(history.start().next(history.messages().get(0).publication().id()))
				.isEqualTo(history.messages().get(0).position());
		}
		Position end = get(broker.position("a"));
		assertThat(get(broker.history("a", end)).start()).isEqualTo(end);
		assertThat(get(broker.history("a", new Position(end.epoch(), 9, 9))).start()).isEqualTo(end);
	}

	@Test
	void historiesAreOfAsManyGroupsAsAskedFor() {
		MemoryGroupBroker broker = broker(3, UNBOUNDED, LONG, UNBOUNDED);
		for (int i = 0; i < 5; i++) {
			save(broker, "g" + i, "x");
			broker.subscribe("empty" + i);
		}
		assertThat(get(broker.histories(3))).hasSize(3);
		assertThat(get(broker.histories(5))).hasSize(5);
		assertThat(get(broker.histories(6))).hasSize(5);
		assertThat(get(broker.histories(0))).isEmpty();
	}

	@Test
	void closingReleasesEverything() {
		MemoryGroupBroker broker = broker(100, UNBOUNDED, LONG, UNBOUNDED);
		broker.subscribe("a");
		save(broker, "a", "1");
		broker.close();
		assertThat(lanes(broker)).isEmpty();
		assertThat(savedBytes(broker)).isZero();
	}

	@Test
	void callsOfOneThreadTakeEffectInTheirOrderWithoutWaiting() {
		CompletionStage<?> last = CompletableFuture.completedStage(null);
		for (int i = 0; i < 50; i++) {
			broker().subscribe(this.group);
			broker().publish(publication(this.group, String.valueOf(i), true));
			broker().unsubscribe(this.group);
			last = broker().publish(publication(this.group, "lost", true));
		}
		get(last);
		assertThat(recorder().awaitTexts(this.group, 50))
			.isEqualTo(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
	}

	@Test
	void everyStageIsCompletedAtOnce() {
		assertThat(broker().subscribe(this.group).toCompletableFuture()).isCompleted();
		assertThat(broker().publish(publication(this.group, "x", true)).toCompletableFuture()).isCompleted();
		assertThat(broker().history(this.group, null).toCompletableFuture()).isCompleted();
		assertThat(broker().position(this.group).toCompletableFuture()).isCompleted();
		assertThat(broker().histories(1).toCompletableFuture()).isCompleted();
		assertThat(broker().unsubscribe(this.group).toCompletableFuture()).isCompleted();
		assertThat(broker().clearHistories().toCompletableFuture()).isCompleted();
	}

	@Test
	void messageIsDeliveredBeforeItsPublisherGoesOn() {
		broker().subscribe(this.group);
		broker().publish(publication(this.group, "x", true));
		assertThat(recorder().texts(this.group)).containsExactly("x");
	}

	@Test
	void nothingIsLeftAfterManyThreadsDidEverythingAtOnce() {
		MemoryGroupBroker broker = broker(5, 5 * OVERHEAD, LONG, 20 * OVERHEAD);
		AtomicInteger delivered = new AtomicInteger();
		broker.start((message) -> delivered.incrementAndGet());
		inThreads(4, (thread) -> {
			for (int i = 0; i < 20_000; i++) {
				String name = "g" + ThreadLocalRandom.current().nextInt(6);
				switch (ThreadLocalRandom.current().nextInt(8)) {
					case 0, 1 -> broker.subscribe(name);
					case 2, 3 -> broker.unsubscribe(name);
					case 4, 5 -> broker.publish(at(name, "x", true));
					case 6 -> assertThat(history(broker, name)).hasSizeLessThanOrEqualTo(5);
					default -> {
						if (i % 100 == 0) {
							broker.clearHistories();
						}
						else {
							broker.publish(at(name, "x", false));
						}
					}
				}
			}
		});
		assertThat(delivered).hasPositiveValue();
		assertThat(savedBytes(broker)).isBetween(0L, 20L * OVERHEAD);
		for (int i = 0; i < 6; i++) {
			broker.unsubscribe("g" + i);
		}
		broker.clearHistories();
		assertThat(lanes(broker)).isEmpty();
		assertThat(savedBytes(broker)).isZero();
	}

	private MemoryGroupBroker broker(int maxMessages, long maxBytes, Duration ttl, long totalMaxBytes) {
		return new MemoryGroupBroker(new HistoryLimits(maxMessages, maxBytes, ttl, totalMaxBytes), this.time);
	}

	private void save(MemoryGroupBroker broker, String name, String... texts) {
		for (String text : texts) {
			broker.publish(at(name, text, true));
		}
	}

	private Publication at(String name, String text, boolean saved) {
		return new Publication(name, UUID.randomUUID(), this.time.instant(), new Payload.Text(text), null, saved);
	}

	private static List<String> history(MemoryGroupBroker broker, String name) {
		return texts(get(broker.history(name, null)).messages());
	}

	private static List<String> after(MemoryGroupBroker broker, Position position) {
		GroupBroker.History history = get(broker.history("a", position));
		assertThat(history.complete()).isFalse();
		return texts(history.messages());
	}

	private static Map<String, Object> lanes(MemoryGroupBroker broker) {
		return MemoryState.lanes(broker);
	}

	private static long savedBytes(MemoryGroupBroker broker) {
		return MemoryState.savedBytes(broker);
	}

}
