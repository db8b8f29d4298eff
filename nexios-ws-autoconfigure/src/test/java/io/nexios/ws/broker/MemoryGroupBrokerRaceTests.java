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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.nexios.ws.spi.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryGroupBroker} with several threads.
 *
 * @author Nexios Team
 */
@Timeout(60)
class MemoryGroupBrokerRaceTests {

	private static final List<String> GROUPS = List.of("a", "b");

	private final RecordingSubscriber recorder = new RecordingSubscriber();

	/**
	 * The histories keep nothing, so every lane is retired as soon as nobody subscribes.
	 */
	@Test
	void groupKeepsItsEpochAndEveryOffsetWhileItsLaneComesAndGoes() {
		MemoryGroupBroker broker = broker(0);
		broker.start(this.recorder);
		Set<String> epochs = ConcurrentHashMap.newKeySet();
		Set<String> offsets = ConcurrentHashMap.newKeySet();
		GroupBrokerFixture.inThreads(4, (thread) -> {
			for (int i = 0; i < 10_000; i++) {
				String group = GROUPS.get(ThreadLocalRandom.current().nextInt(GROUPS.size()));
				switch (ThreadLocalRandom.current().nextInt(6)) {
					case 0 -> epochs.add(group + GroupBrokerFixture.get(broker.subscribe(group)).epoch());
					case 1 -> broker.unsubscribe(group);
					case 2 -> epochs.add(group + GroupBrokerFixture.get(broker.position(group)).epoch());
					case 3 -> broker.history(group, null);
					case 4 -> broker.publish(publication(group, false));
					default -> assertThat(offsets
						.add(group + GroupBrokerFixture.get(broker.publish(publication(group, true))).offset()))
						.isTrue();
				}
			}
		});
		assertThat(epochs).hasSize(GROUPS.size());
		for (String group : GROUPS) {
			long end = GroupBrokerFixture.get(broker.position(group)).offset();
			// Not the assertion of AssertJ, which compares each element with all others
			assertThat(
					offsets.containsAll(LongStream.rangeClosed(1, end).mapToObj((offset) -> group + offset).toList()))
				.isTrue();
			List<Long> delivered = this.recorder.positions(group).stream().map(Position::offset).toList();
			assertThat(delivered).isNotEmpty().isSorted().doesNotHaveDuplicates();
		}
		assertThat(this.recorder.overlaps()).isZero();
	}

	@Test
	void groupThatIsKnownIsNeverTakenForAnUnknownOne() {
		MemoryGroupBroker broker = broker(0);
		broker.start(this.recorder);
		Position start = GroupBrokerFixture.get(broker.position("a"));
		GroupBrokerFixture.inThreads(4, (thread) -> {
			for (int i = 0; i < 20_000; i++) {
				if (thread % 2 == 0) {
					broker.subscribe("a");
					broker.unsubscribe("a");
				}
				else {
					assertThat(GroupBrokerFixture.get(broker.history("a", start)).complete()).isTrue();
				}
			}
		});
	}

	@Test
	void otherCallsDoNotWaitForADelivery() throws InterruptedException {
		MemoryGroupBroker broker = broker(10);
		HeldSubscriber subscriber = new HeldSubscriber();
		broker.start(subscriber);
		broker.subscribe("a");
		CompletableFuture<?> publishing = publishInThread(broker);
		subscriber.awaitDelivery();
		assertThat(broker.history("a", null).toCompletableFuture()).isCompleted();
		assertThat(broker.position("a").toCompletableFuture()).isCompleted();
		assertThat(broker.histories(1).toCompletableFuture()).isCompleted();
		assertThat(broker.subscribe("a").toCompletableFuture()).isCompleted();
		assertThat(broker.subscribe("b").toCompletableFuture()).isCompleted();
		assertThat(broker.publish(publication("b", false)).toCompletableFuture()).isCompleted();
		assertThat(broker.clearHistories().toCompletableFuture()).isCompleted();
		assertThat(broker.unsubscribe("a").toCompletableFuture()).isCompleted();
		assertThat(publishing).isNotDone();
		subscriber.release();
		publishing.orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Test
	void subscriptionBeginsAfterTheDeliveryOfAnEarlierOne() throws InterruptedException {
		MemoryGroupBroker broker = broker(0);
		HeldSubscriber subscriber = new HeldSubscriber();
		broker.start(subscriber);
		Position start = GroupBrokerFixture.get(broker.subscribe("a"));
		CompletableFuture<?> publishing = publishInThread(broker);
		subscriber.awaitDelivery();
		broker.unsubscribe("a");
		CompletableFuture<Position> first = broker.subscribe("a").toCompletableFuture();
		broker.unsubscribe("a");
		CompletableFuture<Position> second = broker.subscribe("a").toCompletableFuture();
		CompletableFuture<Position> third = broker.subscribe("a").toCompletableFuture();
		assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
		subscriber.release();
		publishing.orTimeout(10, TimeUnit.SECONDS).join();
		Position end = GroupBrokerFixture.get(broker.position("a"));
		assertThat(end).isEqualTo(new Position(start.epoch(), 1, end.id()));
		assertThat(List.of(first, second, third)).allMatch((stage) -> stage.join().equals(end));
	}

	@Test
	void laneIsNotReplacedDuringADelivery() throws InterruptedException {
		MemoryGroupBroker broker = broker(0);
		HeldSubscriber subscriber = new HeldSubscriber();
		broker.start(subscriber);
		broker.subscribe("a");
		CompletableFuture<?> first = publishInThread(broker);
		subscriber.awaitDelivery();
		broker.unsubscribe("a");
		broker.subscribe("a");
		CompletableFuture<?> second = publishInThread(broker);
		assertThat(subscriber.recorder.messages("a")).isEmpty();
		subscriber.release();
		CompletableFuture.allOf(first, second).orTimeout(10, TimeUnit.SECONDS).join();
		assertThat(subscriber.recorder.positions("a")).extracting(Position::offset).containsExactly(1L, 2L);
		assertThat(subscriber.recorder.overlaps()).isZero();
	}

	@Test
	void laneIsRetiredAfterADeliveryThatOutlivesItsSubscription() throws InterruptedException {
		MemoryGroupBroker broker = broker(0);
		HeldSubscriber subscriber = new HeldSubscriber();
		broker.start(subscriber);
		broker.subscribe("a");
		CompletableFuture<?> publishing = publishInThread(broker);
		subscriber.awaitDelivery();
		broker.unsubscribe("a");
		assertThat(MemoryState.lanes(broker)).containsOnlyKeys("a");
		subscriber.release();
		publishing.orTimeout(10, TimeUnit.SECONDS).join();
		assertThat(MemoryState.lanes(broker)).isEmpty();
		assertThat(MemoryState.retained(broker)).isOne();
	}

	@Test
	void threadsThatPurgeTogetherDropOnlyWhatIsTooOld() {
		for (int round = 0; round < 200; round++) {
			ManualTimeSource time = new ManualTimeSource();
			MemoryGroupBroker broker = new MemoryGroupBroker(
					new HistoryLimits(100, Long.MAX_VALUE, Duration.ofSeconds(10), Long.MAX_VALUE), time);
			for (int i = 0; i < 40; i++) {
				time.advance(Duration.ofSeconds((i == 20) ? 6 : 0));
				broker.publish(publication("a", true));
			}
			time.advance(Duration.ofSeconds(6));
			GroupBrokerFixture.inThreads(3, (thread) -> broker.purge());
			assertThat(GroupBrokerFixture.get(broker.history("a", null)).messages()).hasSize(20);
		}
	}

	@Test
	void subscribersThatCallTheBrokerCrosswiseDoNotStop() {
		MemoryGroupBroker broker = broker(10);
		broker.start((message) -> {
			String other = message.publication().group().equals("a") ? "b" : "a";
			broker.subscribe(other);
			broker.history(other, null);
			broker.position(other);
			broker.unsubscribe(other);
			broker.subscribe(other);
		});
		GROUPS.forEach(broker::subscribe);
		GroupBrokerFixture.inThreads(4, (thread) -> {
			for (int i = 0; i < 2_000; i++) {
				broker.publish(publication(GROUPS.get(thread % 2), true));
			}
		});
		assertThat(GROUPS).allMatch((group) -> GroupBrokerFixture.get(broker.position(group)).offset() == 4_000);
	}

	private static CompletableFuture<?> publishInThread(MemoryGroupBroker broker) {
		return GroupBrokerFixture.inThread(() -> broker.publish(publication("a", true)));
	}

	private static MemoryGroupBroker broker(int maxMessages) {
		return new MemoryGroupBroker(
				new HistoryLimits(maxMessages, Long.MAX_VALUE, Duration.ofMinutes(5), Long.MAX_VALUE),
				new ManualTimeSource());
	}

	private static Publication publication(String group, boolean saved) {
		return new Publication(group, UUID.randomUUID(), GroupBrokerFixture.now(), new Payload.Text("x"), null, saved);
	}

	/**
	 * Holds the delivery of the messages of one group until it is released.
	 */
	private static final class HeldSubscriber implements GroupBroker.Subscriber {

		private final RecordingSubscriber recorder = new RecordingSubscriber();

		private final CountDownLatch delivering = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		@Override
		public void onMessage(BrokerMessage message) {
			if (message.publication().group().equals("a")) {
				this.delivering.countDown();
				hold();
			}
			this.recorder.onMessage(message);
		}

		private void hold() {
			try {
				assertThat(this.released.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void awaitDelivery() throws InterruptedException {
			assertThat(this.delivering.await(10, TimeUnit.SECONDS)).isTrue();
		}

		void release() {
			this.released.countDown();
		}

	}

}
