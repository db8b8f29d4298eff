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

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which messages are saved, and what their history is.
 *
 * @author Nexios Team
 */
abstract class HistoryContract extends SubscriptionContract {

	private static final int MANY = 1_000_000;

	@Test
	void offsetsOfSavedMessagesRiseInTheOrderOfDelivery() {
		get(broker().subscribe(this.group));
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
		recorder().awaitTexts(this.group, PUBLISHERS * MESSAGES);
		List<Long> delivered = recorder().messages(this.group).stream().map(BrokerMessage::offset).toList();
		assertThat(delivered).isSorted().doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepted);
	}

	@Test
	void unsavedMessageHasOffsetZeroAndIsNotInTheHistory() {
		get(broker().subscribe(this.group));
		assertThat(publish(this.group, "unsaved", false).offset()).isZero();
		assertThat(recorder().awaitLast(this.group).offset()).isZero();
		assertThat(history(this.group, null).messages()).isEmpty();
	}

	@Test
	void historyHasTheSavedMessagesAsTheyWereDelivered() {
		get(broker().subscribe(this.group));
		for (int i = 0; i < 10; i++) {
			publish(this.group, String.valueOf(i), i % 2 == 0);
		}
		recorder().awaitTexts(this.group, 10);
		List<BrokerMessage> saved = recorder().messages(this.group)
			.stream()
			.filter((message) -> message.publication().saved())
			.toList();
		assertThat(saved).hasSize(5);
		assertThat(history(this.group, null).messages()).isEqualTo(saved);
		assertThat(get(broker().histories(MANY))).containsEntry(this.group, saved);
	}

	@Test
	void messagesAreSavedWithoutSubscribers() {
		assertThat(publish(this.group, "a", true).offset()).isPositive();
		publish(this.group, "b", true);
		assertThat(savedTexts(this.group)).containsExactly("a", "b");
	}

	@Test
	void historyOutlivesTheSubscription() {
		get(broker().subscribe(this.group));
		publish(this.group, "a", true);
		get(broker().unsubscribe(this.group));
		assertThat(savedTexts(this.group)).containsExactly("a");
	}

	@Test
	void historiesOfGroupsAreApart() {
		publish(this.group, "a", true);
		publish(this.otherGroup, "b", true);
		assertThat(savedTexts(this.group)).containsExactly("a");
		assertThat(savedTexts(this.otherGroup)).containsExactly("b");
	}

	@Test
	void historyKeepsTheNewestMessages() {
		for (int i = 0; i < MAX_MESSAGES + 7; i++) {
			publish(this.group, String.valueOf(i), true);
		}
		assertThat(savedTexts(this.group))
			.isEqualTo(IntStream.range(7, MAX_MESSAGES + 7).mapToObj(String::valueOf).toList());
	}

	@Test
	void historyOfUnknownGroupIsEmpty() {
		assertThat(history(this.group, null).messages()).isEmpty();
		assertThat(get(broker().histories(MANY))).doesNotContainKey(this.group);
	}

	@Test
	void clearedHistoriesAreEmptyAndOffsetsGoOnRising() {
		long before = publish(this.group, "a", true).offset();
		publish(this.otherGroup, "b", true);
		get(broker().clearHistories());
		assertThat(history(this.group, null).messages()).isEmpty();
		assertThat(get(broker().histories(MANY))).doesNotContainKeys(this.group, this.otherGroup);
		assertThat(publish(this.group, "c", true).offset()).isGreaterThan(before);
		assertThat(savedTexts(this.group)).containsExactly("c");
	}

	@Test
	void historyTakenAfterSubscribingAndWhatIsDeliveredSinceHaveNoGap() {
		CompletableFuture<?> publishing = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 5_000; i++) {
				publish(this.group, String.valueOf(i), true);
			}
		});
		Set<Long> seen = new HashSet<>();
		get(broker().subscribe(this.group));
		List<BrokerMessage> history = history(this.group, null).messages();
		publishing.orTimeout(30, TimeUnit.SECONDS).join();
		long end = publish(this.group, "end", true).offset();
		Awaitility.await().until(() -> "end".equals(text(recorder().awaitLast(this.group))));
		history.forEach((message) -> seen.add(message.offset()));
		recorder().messages(this.group).forEach((message) -> seen.add(message.offset()));
		long first = Collections.min(seen);
		long firstDelivered = recorder().messages(this.group).get(0).offset();
		assertThat(seen).contains(end);
		assertThat(firstDelivered)
			.isLessThanOrEqualTo(history.isEmpty() ? firstDelivered : history.get(history.size() - 1).offset() + 1);
		assertThat(seen).hasSize((int) (end - first + 1));
	}

}
