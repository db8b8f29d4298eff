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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is delivered, to whom, and in which order.
 *
 * @author Nexios Team
 */
abstract class DeliveryContract extends GroupBrokerFixture {

	protected static final int PUBLISHERS = 4;

	protected static final int MESSAGES = 500;

	@Test
	void messageIsDeliveredAsItWasPublished() {
		get(broker().subscribe(this.group));
		List<Publication> published = new ArrayList<>();
		for (Payload payload : List.of(new Payload.Json("{\"a\":1}"), new Payload.Text("Grüße \uD83D\uDE00"),
				new Payload.Text(""))) {
			Publication publication = new Publication(this.group, UUID.randomUUID(), now(), payload, "channel", false);
			get(broker().publish(publication));
			published.add(publication);
		}
		Awaitility.await().until(() -> recorder().messages(this.group).size() == published.size());
		assertThat(recorder().messages(this.group)).extracting(BrokerMessage::publication).isEqualTo(published);
	}

	@Test
	void bytesAndAbsenceOfAnExceptionAreDeliveredAsTheyWerePublished() {
		get(broker().subscribe(this.group));
		byte[] bytes = { 0, 1, -1, -128, 127 };
		get(broker().publish(
				new Publication(this.group, UUID.randomUUID(), now(), new Payload.Bytes(bytes.clone()), null, true)));
		Publication delivered = recorder().awaitLast(this.group).publication();
		assertThat(((Payload.Bytes) delivered.payload()).bytes()).isEqualTo(bytes);
		assertThat(delivered.except()).isNull();
		assertThat(delivered.saved()).isTrue();
	}

	@Test
	void onlySubscribedGroupsAreDelivered() {
		get(broker().subscribe(this.group));
		publish(this.otherGroup, "other", false);
		publish(this.group, "mine", false);
		assertThat(recorder().awaitTexts(this.group, 1)).containsExactly("mine");
		assertThat(recorder().texts(this.otherGroup)).isEmpty();
	}

	@Test
	void everythingAcceptedAfterSubscribingIsDelivered() {
		for (int i = 0; i < 50; i++) {
			String name = this.group + i;
			get(broker().subscribe(name));
			publish(name, "first", false);
			assertThat(recorder().awaitTexts(name, 1)).containsExactly("first");
		}
	}

	@Test
	void nothingAcceptedAfterUnsubscribingIsDelivered() {
		get(broker().subscribe(this.group));
		publish(this.group, "before", false);
		recorder().awaitTexts(this.group, 1);
		get(broker().unsubscribe(this.group));
		publish(this.group, "after", true);
		get(broker().subscribe(this.group));
		publish(this.group, "again", false);
		assertThat(recorder().awaitTexts(this.group, 2)).containsExactly("before", "again");
	}

	@Test
	void subscribingTwiceIsSubscribingOnce() {
		get(broker().subscribe(this.group));
		get(broker().subscribe(this.group));
		publish(this.group, "once", false);
		publish(this.group, "last", false);
		assertThat(recorder().awaitTexts(this.group, 2)).containsExactly("once", "last");
		get(broker().unsubscribe(this.group));
		publish(this.group, "gone", false);
		get(broker().subscribe(this.group));
		publish(this.group, "back", false);
		assertThat(recorder().awaitTexts(this.group, 3)).containsExactly("once", "last", "back");
	}

	@Test
	void unsubscribingWithoutSubscriptionIsNoError() {
		get(broker().unsubscribe(this.group));
		assertThat(publish(this.group, "nobody", false).offset()).isZero();
	}

	@Test
	void acceptanceNeverDeniesThatThereIsASubscriber() {
		get(broker().subscribe(this.group));
		assertThat(publish(this.group, "x", false).subscribed()).isTrue();
		assertThat(publish(this.group, "x", true).subscribed()).isTrue();
	}

	@Test
	void messagesOfEachPublisherAreDeliveredInItsOrderAndNoneIsLost() {
		get(broker().subscribe(this.group));
		inThreads(PUBLISHERS, (publisher) -> {
			for (int i = 0; i < MESSAGES; i++) {
				publish(this.group, publisher + ":" + i, i % 2 == 0);
			}
		});
		Map<String, Integer> next = new HashMap<>();
		for (String text : recorder().awaitTexts(this.group, PUBLISHERS * MESSAGES)) {
			String[] parts = text.split(":");
			assertThat(Integer.parseInt(parts[1])).isEqualTo(next.getOrDefault(parts[0], 0));
			next.merge(parts[0], 1, Integer::sum);
		}
		assertThat(recorder().texts(this.group)).hasSize(PUBLISHERS * MESSAGES);
	}

	@Test
	void messagesOfOneGroupAreNeverDeliveredConcurrently() {
		List<String> groups = IntStream.range(0, 3).mapToObj((i) -> this.group + i).toList();
		groups.forEach((name) -> get(broker().subscribe(name)));
		inThreads(PUBLISHERS, (publisher) -> {
			for (int i = 0; i < MESSAGES; i++) {
				publish(groups.get(i % groups.size()), publisher + ":" + i, i % 5 == 0);
			}
		});
		groups.forEach((name) -> recorder().awaitTexts(name, PUBLISHERS * (MESSAGES / groups.size())));
		assertThat(recorder().overlaps()).isZero();
	}

	@Test
	void allNodesGetTheSameOrder() {
		RecordingSubscriber otherRecorder = new RecordingSubscriber();
		GroupBroker other = connect();
		if (other == null) {
			return;
		}
		try (other) {
			other.start(otherRecorder);
			get(broker().subscribe(this.group));
			get(other.subscribe(this.group));
			inThreads(PUBLISHERS, (publisher) -> {
				GroupBroker node = (publisher % 2 == 0) ? broker() : other;
				for (int i = 0; i < MESSAGES; i++) {
					get(node.publish(publication(this.group, publisher + ":" + i, i % 2 == 0)));
				}
			});
			assertThat(otherRecorder.awaitTexts(this.group, PUBLISHERS * MESSAGES))
				.isEqualTo(recorder().awaitTexts(this.group, PUBLISHERS * MESSAGES));
		}
	}

	@Test
	void nothingIsDeliveredAfterClosing() {
		get(broker().subscribe(this.group));
		publish(this.group, "before", false);
		recorder().awaitTexts(this.group, 1);
		broker().close();
		end(() -> broker().publish(publication(this.group, "after", true)));
		assertThat(recorder().texts(this.group)).containsExactly("before");
	}

	@Test
	void closingTwiceIsNoError() {
		broker().close();
		broker().close();
	}

	@Test
	void everyStageCompletesAfterClosing() {
		get(broker().subscribe(this.group));
		broker().close();
		end(() -> broker().subscribe(this.group));
		end(() -> broker().unsubscribe(this.group));
		end(() -> broker().history(this.group, null));
		end(() -> broker().position(this.group));
		end(() -> broker().histories(10));
		end(() -> broker().clearHistories());
	}

	// Both refusing and ignoring are correct
	private static void end(Supplier<CompletionStage<?>> call) {
		CompletableFuture<?> stage;
		try {
			stage = call.get().toCompletableFuture();
		}
		catch (RuntimeException ex) {
			return;
		}
		Awaitility.await().until(stage::isDone);
	}

}
