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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of every broker. A subclass for each broker creates it. A subclass for a
 * broker between nodes also {@link #connect() connects} more nodes to the same groups.
 *
 * @author Nexios Team
 */
abstract class GroupBrokerContract {

	/** The number of saved messages that the tested broker keeps for a group. */
	protected static final int MAX_MESSAGES = 50;

	private static final int PUBLISHERS = 4;

	private static final int MESSAGES = 500;

	// Data in a shared store must not reach the next test
	protected final String group = "group-" + UUID.randomUUID();

	protected final String otherGroup = "other-" + UUID.randomUUID();

	private final Recorder recorder = new Recorder();

	private GroupBroker broker;

	/**
	 * Create a broker that keeps {@value #MAX_MESSAGES} messages of a group and has no
	 * other limit in these tests.
	 * @return the broker, not started
	 */
	protected abstract GroupBroker createBroker();

	/**
	 * Connect another node.
	 * @return a broker for the same groups, not started, or {@code null} if this kind of
	 * broker is for one node
	 */
	protected @Nullable GroupBroker connect() {
		return null;
	}

	@BeforeEach
	void start() {
		this.broker = createBroker();
		this.broker.start(this.recorder);
	}

	@AfterEach
	void stop() {
		this.broker.close();
	}

	protected final GroupBroker broker() {
		return this.broker;
	}

	// Delivery

	@Test
	void messageIsDeliveredAsItWasPublished() {
		get(this.broker.subscribe(this.group));
		List<Publication> published = new ArrayList<>();
		for (Payload payload : List.of(new Payload.Json("{\"a\":1}"), new Payload.Text("Grüße \uD83D\uDE00"),
				new Payload.Text(""))) {
			Publication publication = new Publication(this.group, UUID.randomUUID(), now(), payload, "channel", false);
			get(this.broker.publish(publication));
			published.add(publication);
		}
		Awaitility.await().until(() -> this.recorder.messages(this.group).size() == published.size());
		assertThat(this.recorder.messages(this.group)).extracting(BrokerMessage::publication).isEqualTo(published);
	}

	@Test
	void bytesAndAbsenceOfAnExceptionAreDeliveredAsTheyWerePublished() {
		get(this.broker.subscribe(this.group));
		byte[] bytes = { 0, 1, -1, -128, 127 };
		get(this.broker.publish(
				new Publication(this.group, UUID.randomUUID(), now(), new Payload.Bytes(bytes.clone()), null, true)));
		Publication delivered = this.recorder.awaitLast(this.group).publication();
		assertThat(((Payload.Bytes) delivered.payload()).bytes()).isEqualTo(bytes);
		assertThat(delivered.except()).isNull();
		assertThat(delivered.saved()).isTrue();
	}

	@Test
	void onlySubscribedGroupsAreDelivered() {
		get(this.broker.subscribe(this.group));
		publish(this.otherGroup, "other", false);
		publish(this.group, "mine", false);
		assertThat(this.recorder.awaitTexts(this.group, 1)).containsExactly("mine");
		assertThat(this.recorder.texts(this.otherGroup)).isEmpty();
	}

	@Test
	void everythingAcceptedAfterSubscribingIsDelivered() {
		for (int i = 0; i < 50; i++) {
			String name = this.group + i;
			get(this.broker.subscribe(name));
			publish(name, "first", false);
			assertThat(this.recorder.awaitTexts(name, 1)).containsExactly("first");
		}
	}

	@Test
	void nothingAcceptedAfterUnsubscribingIsDelivered() {
		get(this.broker.subscribe(this.group));
		publish(this.group, "before", false);
		this.recorder.awaitTexts(this.group, 1);
		get(this.broker.unsubscribe(this.group));
		publish(this.group, "after", true);
		get(this.broker.subscribe(this.group));
		publish(this.group, "again", false);
		assertThat(this.recorder.awaitTexts(this.group, 2)).containsExactly("before", "again");
	}

	@Test
	void subscribingTwiceIsSubscribingOnce() {
		get(this.broker.subscribe(this.group));
		get(this.broker.subscribe(this.group));
		publish(this.group, "once", false);
		publish(this.group, "last", false);
		assertThat(this.recorder.awaitTexts(this.group, 2)).containsExactly("once", "last");
		get(this.broker.unsubscribe(this.group));
		publish(this.group, "gone", false);
		get(this.broker.subscribe(this.group));
		publish(this.group, "back", false);
		assertThat(this.recorder.awaitTexts(this.group, 3)).containsExactly("once", "last", "back");
	}

	@Test
	void unsubscribingWithoutSubscriptionIsNoError() {
		get(this.broker.unsubscribe(this.group));
		assertThat(publish(this.group, "nobody", false).offset()).isZero();
	}

	@Test
	void acceptanceNeverDeniesThatThereIsASubscriber() {
		get(this.broker.subscribe(this.group));
		assertThat(publish(this.group, "x", false).subscribed()).isTrue();
		assertThat(publish(this.group, "x", true).subscribed()).isTrue();
	}

	@Test
	void messagesOfEachPublisherAreDeliveredInItsOrderAndNoneIsLost() {
		get(this.broker.subscribe(this.group));
		inThreads(PUBLISHERS, (publisher) -> {
			for (int i = 0; i < MESSAGES; i++) {
				publish(this.group, publisher + ":" + i, i % 2 == 0);
			}
		});
		Map<String, Integer> next = new HashMap<>();
		for (String text : this.recorder.awaitTexts(this.group, PUBLISHERS * MESSAGES)) {
			String[] parts = text.split(":");
			assertThat(Integer.parseInt(parts[1])).isEqualTo(next.getOrDefault(parts[0], 0));
			next.merge(parts[0], 1, Integer::sum);
		}
		assertThat(this.recorder.texts(this.group)).hasSize(PUBLISHERS * MESSAGES);
	}

	@Test
	void messagesOfOneGroupAreNeverDeliveredConcurrently() {
		List<String> groups = IntStream.range(0, 3).mapToObj((i) -> this.group + i).toList();
		groups.forEach((name) -> get(this.broker.subscribe(name)));
		inThreads(PUBLISHERS, (publisher) -> {
			for (int i = 0; i < MESSAGES; i++) {
				publish(groups.get(i % groups.size()), publisher + ":" + i, i % 5 == 0);
			}
		});
		groups.forEach((name) -> this.recorder.awaitTexts(name, PUBLISHERS * (MESSAGES / groups.size())));
		assertThat(this.recorder.overlaps).hasValue(0);
	}

	@Test
	void allNodesGetTheSameOrder() {
		Recorder otherRecorder = new Recorder();
		GroupBroker other = connect();
		if (other == null) {
			return;
		}
		try (other) {
			other.start(otherRecorder);
			get(this.broker.subscribe(this.group));
			get(other.subscribe(this.group));
			inThreads(PUBLISHERS, (publisher) -> {
				GroupBroker node = (publisher % 2 == 0) ? this.broker : other;
				for (int i = 0; i < MESSAGES; i++) {
					get(node.publish(publication(this.group, publisher + ":" + i, i % 2 == 0)));
				}
			});
			assertThat(otherRecorder.awaitTexts(this.group, PUBLISHERS * MESSAGES))
				.isEqualTo(this.recorder.awaitTexts(this.group, PUBLISHERS * MESSAGES));
		}
	}

	// History

	@Test
	void offsetsOfSavedMessagesRiseInTheOrderOfDelivery() {
		get(this.broker.subscribe(this.group));
		Set<Long> accepted = ConcurrentHashMap.newKeySet();
		inThreads(PUBLISHERS, (publisher) -> {
			long last = 0;
			for (int i = 0; i < MESSAGES; i++) {
				long offset = publish(this.group, "x", true).offset();
				assertThat(offset).isGreaterThan(last);
				accepted.add(offset);
				last = offset;
			}
		});
		this.recorder.awaitTexts(this.group, PUBLISHERS * MESSAGES);
		List<Long> delivered = this.recorder.messages(this.group).stream().map(BrokerMessage::offset).toList();
		assertThat(delivered).isSorted().doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepted);
	}

	@Test
	void unsavedMessageHasOffsetZeroAndIsNotInTheHistory() {
		get(this.broker.subscribe(this.group));
		assertThat(publish(this.group, "unsaved", false).offset()).isZero();
		assertThat(this.recorder.awaitLast(this.group).offset()).isZero();
		assertThat(get(this.broker.history(this.group))).isEmpty();
	}

	@Test
	void historyHasTheSavedMessagesAsTheyWereDelivered() {
		get(this.broker.subscribe(this.group));
		for (int i = 0; i < 10; i++) {
			publish(this.group, String.valueOf(i), i % 2 == 0);
		}
		this.recorder.awaitTexts(this.group, 10);
		List<BrokerMessage> saved = this.recorder.messages(this.group)
			.stream()
			.filter((message) -> message.publication().saved())
			.toList();
		assertThat(saved).hasSize(5);
		assertThat(get(this.broker.history(this.group))).isEqualTo(saved);
		assertThat(get(this.broker.histories())).containsEntry(this.group, saved);
	}

	@Test
	void messagesAreSavedWithoutSubscribers() {
		assertThat(publish(this.group, "a", true).offset()).isPositive();
		publish(this.group, "b", true);
		assertThat(texts(get(this.broker.history(this.group)))).containsExactly("a", "b");
	}

	@Test
	void historyOutlivesTheSubscription() {
		get(this.broker.subscribe(this.group));
		publish(this.group, "a", true);
		get(this.broker.unsubscribe(this.group));
		assertThat(texts(get(this.broker.history(this.group)))).containsExactly("a");
	}

	@Test
	void historiesOfGroupsAreApart() {
		publish(this.group, "a", true);
		publish(this.otherGroup, "b", true);
		assertThat(texts(get(this.broker.history(this.group)))).containsExactly("a");
		assertThat(texts(get(this.broker.history(this.otherGroup)))).containsExactly("b");
	}

	@Test
	void historyKeepsTheNewestMessages() {
		for (int i = 0; i < MAX_MESSAGES + 7; i++) {
			publish(this.group, String.valueOf(i), true);
		}
		assertThat(texts(get(this.broker.history(this.group))))
			.isEqualTo(IntStream.range(7, MAX_MESSAGES + 7).mapToObj(String::valueOf).toList());
	}

	@Test
	void historyOfUnknownGroupIsEmpty() {
		assertThat(get(this.broker.history(this.group))).isEmpty();
		assertThat(get(this.broker.histories())).doesNotContainKey(this.group);
	}

	@Test
	void clearedHistoriesAreEmptyAndOffsetsGoOnRising() {
		long before = publish(this.group, "a", true).offset();
		publish(this.otherGroup, "b", true);
		get(this.broker.clearHistories());
		assertThat(get(this.broker.history(this.group))).isEmpty();
		assertThat(get(this.broker.histories())).doesNotContainKeys(this.group, this.otherGroup);
		assertThat(publish(this.group, "c", true).offset()).isGreaterThan(before);
		assertThat(texts(get(this.broker.history(this.group)))).containsExactly("c");
	}

	@Test
	void historyTakenAfterSubscribingAndWhatIsDeliveredSinceHaveNoGap() {
		CompletableFuture<?> publishing = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 5_000; i++) {
				publish(this.group, String.valueOf(i), true);
			}
		});
		Set<Long> seen = new HashSet<>();
		get(this.broker.subscribe(this.group));
		List<BrokerMessage> history = get(this.broker.history(this.group));
		publishing.orTimeout(30, TimeUnit.SECONDS).join();
		long end = publish(this.group, "end", true).offset();
		Awaitility.await().until(() -> "end".equals(text(this.recorder.awaitLast(this.group))));
		history.forEach((message) -> seen.add(message.offset()));
		this.recorder.messages(this.group).forEach((message) -> seen.add(message.offset()));
		long first = Collections.min(seen);
		long firstDelivered = this.recorder.messages(this.group).get(0).offset();
		assertThat(seen).contains(end);
		assertThat(firstDelivered)
			.isLessThanOrEqualTo(history.isEmpty() ? firstDelivered : history.get(history.size() - 1).offset() + 1);
		assertThat(seen).hasSize((int) (end - first + 1));
	}

	// The end

	@Test
	void nothingIsDeliveredAfterClosing() {
		get(this.broker.subscribe(this.group));
		publish(this.group, "before", false);
		this.recorder.awaitTexts(this.group, 1);
		this.broker.close();
		try {
			this.broker.publish(publication(this.group, "after", false))
				.toCompletableFuture()
				.get(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			// Both refusing and ignoring are correct
		}
		assertThat(this.recorder.texts(this.group)).containsExactly("before");
	}

	@Test
	void closingTwiceIsNoError() {
		this.broker.close();
		this.broker.close();
	}

	// Tools

	protected final GroupBroker.Acceptance publish(String name, String text, boolean saved) {
		return get(this.broker.publish(publication(name, text, saved)));
	}

	protected static Publication publication(String name, String text, boolean saved) {
		return new Publication(name, UUID.randomUUID(), now(), new Payload.Text(text), null, saved);
	}

	// Payloads that every broker can keep
	private static Instant now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS);
	}

	protected static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
	}

	protected static List<String> texts(List<BrokerMessage> messages) {
		return messages.stream().map(GroupBrokerContract::text).toList();
	}

	private static String text(BrokerMessage message) {
		return ((Payload.Text) message.publication().payload()).text();
	}

	protected static void inThreads(int count, IntConsumer work) {
		List<CompletableFuture<?>> ends = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			ends.add(CompletableFuture.runAsync(() -> work.accept(number), (task) -> {
				Thread thread = new Thread(task, "worker-" + number);
				thread.setDaemon(true);
				thread.start();
			}));
		}
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).orTimeout(60, TimeUnit.SECONDS).join();
	}

	/**
	 * Records delivered messages, and detects concurrent deliveries.
	 */
	protected static final class Recorder implements GroupBroker.Subscriber {

		private final AtomicInteger overlaps = new AtomicInteger();

		private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();

		private final Map<String, List<BrokerMessage>> messages = new ConcurrentHashMap<>();

		@Override
		public void onMessage(BrokerMessage message) {
			String name = message.publication().group();
			AtomicInteger here = this.inside.computeIfAbsent(name, (key) -> new AtomicInteger());
			if (here.incrementAndGet() != 1) {
				this.overlaps.incrementAndGet();
			}
			List<BrokerMessage> list = this.messages.computeIfAbsent(name, (key) -> new ArrayList<>());
			synchronized (list) {
				list.add(message);
			}
			here.decrementAndGet();
		}

		List<BrokerMessage> messages(String name) {
			List<BrokerMessage> list = this.messages.getOrDefault(name, List.of());
			synchronized (list) {
				return List.copyOf(list);
			}
		}

		List<String> texts(String name) {
			return GroupBrokerContract.texts(messages(name));
		}

		List<String> awaitTexts(String name, int count) {
			Awaitility.await().until(() -> messages(name).size() >= count);
			return texts(name);
		}

		BrokerMessage awaitLast(String name) {
			Awaitility.await().until(() -> !messages(name).isEmpty());
			List<BrokerMessage> list = messages(name);
			return list.get(list.size() - 1);
		}

	}

}
