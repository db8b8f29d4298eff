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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.GroupsUnavailableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What calls, answers and connections do to a group.
 *
 * @author Nexios Team
 */
class SubscriptionsTests extends SubscriptionsFixture {

	private static final String CHANNEL = FakeRedis.NAMES.group("a").channel();

	private void expectNothingLeft() {
		assertThat(this.redis.interest()).isEmpty();
		assertThat(connection().channels()).doesNotContain(CHANNEL);
		assertThat(this.subscriptions.groups()).isZero();
	}

	private boolean isUnavailable(CompletionStage<?> stage) {
		return future(stage).handle((result, failure) -> isUnavailable(failure)).getNow(false);
	}

	private static boolean isUnavailable(Throwable failure) {
		return failure instanceof GroupsUnavailableException
				|| (failure != null && failure.getCause() instanceof GroupsUnavailableException);
	}

	@Test
	void subscriptionCompletesWithThePositionAndDeliversWhatFollows() {
		connect();
		Position end = this.redis.publish("a", "before", true);
		assertThat(subscribe("a")).isEqualTo(end);
		this.redis.publish("a", "1", true);
		this.redis.publish("a", "2", false);
		settle();
		assertThat(texts()).containsExactly("1", "2");
		assertThat(this.redis.owned()).containsExactly("a");
		assertThat(this.redis.interest()).containsExactly("a");
	}

	@Test
	void subscriptionIsNotAskedForBeforeItsChannelIsConfirmed() {
		connect();
		settle();
		this.subscriptions.subscribe("a");
		connection().execute();
		assertThat(this.redis.commands().sent()).isZero();
		connection().answer();
		assertThat(this.redis.commands().sent()).isEqualTo(2);
	}

	@Test
	void stageCompletesBeforeTheFirstMessage() {
		connect();
		List<Object> order = new ArrayList<>();
		this.subscriptions.subscribe("a").thenAccept(order::add);
		connection().execute();
		connection().execute();
		connection().answer();
		connection().answer();
		Position first = this.redis.publish("a", "1", true);
		this.redis.publish("a", "2", true);
		connection().answer();
		connection().answer();
		assertThat(this.delivered).isEmpty();
		this.subscriber = order::add;
		FakeConnection commands = this.redis.commands();
		commands.execute();
		commands.execute();
		this.redis.publish("a", "3", true);
		settle();
		assertThat(order.get(0)).isEqualTo(new Position(first.epoch(), 2, 2));
		assertThat(order.stream().skip(1)).extracting((message) -> text((BrokerMessage) message)).containsExactly("3");
	}

	@Test
	void secondSubscriptionReturnsThePositionAndAsksForNothing() {
		connect();
		subscribe("a");
		Position end = this.redis.publish("a", "1", true);
		settle();
		int requests = this.redis.requests();
		assertThat(subscribe("a")).isEqualTo(end);
		assertThat(this.redis.requests()).isEqualTo(requests);
	}

	@Test
	void callsThatWaitTakeEffectInTheirOrder() {
		connect();
		List<String> order = new ArrayList<>();
		this.subscriptions.subscribe("a").thenRun(() -> order.add("s1"));
		this.subscriptions.unsubscribe("a").thenRun(() -> order.add("u1"));
		this.subscriptions.subscribe("a").thenRun(() -> order.add("s2"));
		this.subscriptions.subscribe("a").thenRun(() -> order.add("s3"));
		this.subscriptions.unsubscribe("a").thenRun(() -> order.add("u2"));
		assertThat(order).isEmpty();
		settle();
		assertThat(order).containsExactly("s1", "u1", "s2", "s3", "u2");
	}

	@Test
	void nothingIsDeliveredAfterTheEndOfASubscription() {
		connect();
		subscribe("a");
		this.redis.publish("a", "on its way", true);
		assertThat(future(this.subscriptions.unsubscribe("a"))).isCompleted();
		this.redis.publish("a", "later", false);
		settle();
		assertThat(this.delivered).isEmpty();
	}

	@Test
	void groupIsKeptForTheDelayAndThenLeft() {
		connect();
		subscribe("a");
		unsubscribe("a");
		this.time.advance(DELAY.minusMillis(1));
		settle();
		assertThat(this.redis.interest()).containsExactly("a");
		assertThat(connection().channels()).contains(CHANNEL);
		this.time.advance(Duration.ofSeconds(1));
		settle();
		expectNothingLeft();
	}

	@Test
	void groupIsLeftAtOnceWithoutADelay() {
		SubscriptionsFixture other = new SubscriptionsFixture(Duration.ZERO, 1, false);
		other.connect();
		other.subscribe("a");
		other.unsubscribe("a");
		assertThat(other.redis.interest()).isEmpty();
		assertThat(other.connection().channels()).doesNotContain(CHANNEL);
	}

	@Test
	void keptGroupThatIsSubscribedToAgainStays() {
		connect();
		subscribe("a");
		unsubscribe("a");
		this.time.advance(Duration.ofSeconds(4));
		subscribe("a");
		this.time.advance(Duration.ofSeconds(4));
		settle();
		assertThat(this.redis.interest()).containsExactly("a");
		this.redis.publish("a", "1", false);
		settle();
		assertThat(texts()).containsExactly("1");
	}

	@Test
	void keptGroupBeginsAgainAtTheEndAndNotWithWhatWasOnItsWay() {
		connect();
		subscribe("a");
		unsubscribe("a");
		Position end = this.redis.publish("a", "saved", true);
		this.redis.publish("a", "unsaved", false);
		assertThat(subscribe("a")).isEqualTo(end);
		this.redis.publish("a", "x", true);
		settle();
		assertThat(texts()).containsExactly("x");
		assertThat(losses()).isEmpty();
	}

	@Test
	void subscriptionWaitsUntilTheGroupIsLeft() {
		connect();
		subscribe("a");
		unsubscribe("a");
		this.time.advance(DELAY.plusSeconds(1));
		CompletableFuture<Position> stage = future(this.subscriptions.subscribe("a"));
		assertThat(stage).isNotDone();
		settle();
		assertThat(stage).isCompleted();
		assertThat(this.redis.interest()).containsExactly("a");
		assertThat(connection().channels()).contains(CHANNEL);
	}

	@Test
	void subscriptionFailsAtOnceWithoutAConnectionForMessages() {
		connectCommands();
		assertThat(isUnavailable(this.subscriptions.subscribe("a"))).isTrue();
		assertThat(this.subscriptions.groups()).isZero();
	}

	@Test
	void subscriptionFailsAtOnceWithoutAConnectionForRequests() {
		connectSubscriber();
		settle();
		assertThat(isUnavailable(this.subscriptions.subscribe("a"))).isTrue();
		expectNothingLeft();
	}

	@Test
	void subscriptionThatIsOnItsWayFailsWithTheConnectionAndLeavesNothing() {
		connect();
		CompletionStage<Position> stage = this.subscriptions.subscribe("a");
		connection().execute();
		loseSubscriber();
		assertThat(isUnavailable(stage)).isTrue();
		connectSubscriber();
		settle();
		expectNothingLeft();
	}

	@Test
	void subscriptionWhosePositionIsOnItsWayFailsWithTheConnectionForRequestsAndLeavesNothing() {
		connect();
		settle();
		CompletionStage<Position> stage = this.subscriptions.subscribe("a");
		connection().execute();
		connection().answer();
		this.redis.commands().execute();
		this.redis.commands().execute();
		assertThat(this.redis.interest()).containsExactly("a");
		loseCommands();
		assertThat(isUnavailable(stage)).isTrue();
		settle();
		assertThat(this.redis.interest()).containsExactly("a");
		connectCommands();
		settle();
		expectNothingLeft();
	}

	@Test
	void groupsThatRedisRefusesFailWithoutTheOthersOfTheirBatch() {
		connect();
		settle();
		this.redis.fail("POSITIONS", "OOM command not allowed");
		this.subscriptions.subscribe("a");
		CompletionStage<Position> other = this.subscriptions.subscribe("b");
		CompletionStage<Position> another = this.subscriptions.subscribe("d");
		settle();
		assertThat(future(other)).isCompleted();
		assertThat(future(another)).isCompleted();
		assertThat(this.redis.interest()).containsExactly("a", "b", "d");
	}

	@Test
	void subscriptionsAtOnceAreFewRequests() {
		connect();
		settle();
		int before = this.redis.requests();
		List<CompletableFuture<Position>> stages = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			stages.add(future(this.subscriptions.subscribe("g" + i)));
		}
		settle();
		assertThat(stages).allMatch((stage) -> stage.isDone() && !stage.isCompletedExceptionally());
		assertThat(connection().sizeOfLargest()).isEqualTo(512);
		assertThat(this.redis.requests() - before).isLessThan(2 * (10_000 / 256 + 30));
	}

	@Test
	void subscriptionsThatCannotBeSentInTimeFailAndLeaveNothing() {
		connect();
		settle();
		List<CompletableFuture<Position>> stages = new ArrayList<>();
		for (int i = 0; i < 2_000; i++) {
			stages.add(future(this.subscriptions.subscribe("g" + i)));
		}
		this.time.advance(TIMEOUT.plusSeconds(1));
		assertThat(stages.stream().filter(this::isUnavailable)).hasSizeGreaterThan(1_900);
		settle();
		Set<String> wanted = new TreeSet<>();
		for (int i = 0; i < stages.size(); i++) {
			assertThat(stages.get(i)).isDone();
			if (!stages.get(i).isCompletedExceptionally()) {
				wanted.add("g" + i);
			}
		}
		assertThat(this.redis.interest()).isEqualTo(wanted);
		assertThat(this.subscriptions.groups()).isEqualTo(wanted.size());
	}

	@Test
	void subscriptionThatRedisRefusesFailsAndLeavesNothing() {
		connect();
		this.redis.fail("ASK", "OOM command not allowed");
		CompletionStage<Position> stage = this.subscriptions.subscribe("a");
		settle();
		assertThat(isUnavailable(stage)).isTrue();
		expectNothingLeft();
		this.redis.fail("ASK", null);
		assertThat(subscribe("a")).isNotNull();
	}

	@Test
	void groupWhoseRemovalRedisRefusesIsForgotten() {
		connect();
		subscribe("a");
		unsubscribe("a");
		this.redis.fail("HDEL", "NOPERM no permission");
		this.time.advance(DELAY.plusSeconds(1));
		settle();
		assertThat(this.subscriptions.groups()).isZero();
	}

	@Test
	void groupThatCannotBeLeftIsLeftWhenThereIsAConnection() {
		connect();
		subscribe("a");
		unsubscribe("a");
		loseCommands();
		this.time.advance(DELAY.plusSeconds(1));
		settle();
		assertThat(this.redis.interest()).containsExactly("a");
		connectCommands();
		settle();
		expectNothingLeft();
	}

	@Test
	void messagesMissedBetweenConnectionsAreRepairedInOrder() {
		connect();
		subscribe("a");
		loseSubscriber();
		for (int i = 0; i < 600; i++) {
			this.redis.publish("a", String.valueOf(i), true);
		}
		connectSubscriber();
		this.redis.publish("a", "600", true);
		settle();
		this.redis.publish("a", "601", true);
		settle();
		assertThat(texts()).hasSize(602).startsWith("0", "1").endsWith("600", "601");
		assertThat(losses()).isEmpty();
		assertThat(this.recorder.repaired).isBetween(600, 602);
		assertThat(this.recorder.repairs).isEqualTo(1);
	}

	@Test
	void messagesOfANewConnectionAreHeldUntilThePositionIsChecked() {
		connect();
		subscribe("a");
		loseSubscriber();
		connectSubscriber();
		connection().execute();
		connection().execute();
		this.redis.publish("a", "1", true);
		while (connection().answer()) {
			assertThat(this.delivered).isEmpty();
		}
		settle();
		assertThat(texts()).containsExactly("1");
	}

	@Test
	void messageOfAConnectionThatWasGivenUpIsIgnored() {
		connect();
		subscribe("a");
		FakeSubscriber old = connection();
		loseSubscriber();
		connectSubscriber();
		old.arriveLate(CHANNEL, "N0 not a message".getBytes(StandardCharsets.UTF_8));
		settle();
		assertThat(this.recorder.ignored).isZero();
	}

	@Test
	void positionsAreCheckedWhenTheConnectionForRequestsComesLater() {
		connect();
		subscribe("a");
		loseSubscriber();
		loseCommands();
		this.redis.publish("a", "1", true);
		connectSubscriber();
		settle();
		this.redis.publish("a", "2", true);
		settle();
		assertThat(this.delivered).isEmpty();
		connectCommands();
		settle();
		assertThat(texts()).containsExactly("1", "2");
	}

	@Test
	void interestIsAnnouncedAgainWithANewConnectionForRequests() {
		connect();
		subscribe("a");
		loseCommands();
		this.redis.forgetEverything();
		connectCommands();
		settle();
		assertThat(this.redis.interest()).containsExactly("a");
		assertThat(this.redis.owned()).containsExactly("a");
		assertThat(losses()).containsExactly(Reason.EPOCH);
	}

	@Test
	void announcementReachesASubscriptionThatIsOnItsWay() {
		connect();
		settle();
		this.subscriptions.subscribe("a");
		connection().execute();
		connection().answer();
		FakeConnection commands = this.redis.commands();
		commands.execute();
		commands.execute();
		this.redis.forgetEverything();
		this.subscriptions.announce();
		settle();
		assertThat(this.redis.interest()).containsExactly("a");
	}

	@Test
	void channelsAreSubscribedToInBatches() {
		connect();
		for (int i = 0; i < 1_500; i++) {
			this.subscriptions.subscribe("g" + i);
		}
		settle();
		loseSubscriber();
		int before = this.redis.requests();
		connectSubscriber();
		settle();
		assertThat(connection().sizeOfLargest()).isEqualTo(512);
		assertThat(connection().channels()).hasSize(1_501);
		assertThat(this.redis.requests() - before).isLessThan(20);
	}

	@Test
	void quietGroupsAreCheckedOnceInThirtySeconds() {
		connect();
		Set<String> groups = new TreeSet<>();
		for (int i = 0; i < 300; i++) {
			subscribe("g" + i);
			groups.add("g" + i);
		}
		this.redis.forgetEverything();
		for (int i = 0; i < 65; i++) {
			this.time.advance(Duration.ofSeconds(1));
			settle();
			assertThat(this.redis.interest().size()).isLessThanOrEqualTo(15 * (i + 2));
		}
		assertThat(this.redis.interest()).isEqualTo(groups);
	}

	@Test
	void interestOfABusyGroupIsAnnouncedAgain() {
		connect();
		subscribe("a");
		this.redis.loseInterest("a");
		for (int i = 0; i < 180; i++) {
			this.redis.publish("a", String.valueOf(i), true);
			this.time.advance(Duration.ofMillis(500));
			settle();
		}
		assertThat(this.redis.interest()).containsExactly("a");
		assertThat(texts()).hasSize(180);
	}

	@Test
	void busyGroupIsCheckedLessOftenThanAQuietOne() {
		connect();
		subscribe("a");
		int before = this.redis.requests();
		for (int i = 0; i < 480; i++) {
			this.redis.publish("a", String.valueOf(i), true);
			settle();
			this.time.advance(Duration.ofMillis(500));
			settle();
		}
		// Each check is two requests
		assertThat(this.redis.requests() - before).isEqualTo(8);
	}

	@Test
	void silentLossIsFoundByTheRegularCheck() {
		connect();
		subscribe("a");
		connection().becomeDeaf();
		this.redis.publish("a", "1", true);
		this.publish = (request) -> CompletableFuture.failedStage(FakeRedis.lost());
		for (int i = 0; i < 65; i++) {
			this.time.advance(Duration.ofSeconds(1));
			settle();
		}
		assertThat(texts()).containsExactly("1");
	}

	@Test
	void failedReadIsRepeated() {
		connect();
		subscribe("a");
		this.redis.fail("READ", "BUSY Redis is busy");
		loseSubscriber();
		this.redis.publish("a", "1", true);
		connectSubscriber();
		settle();
		assertThat(this.delivered).isEmpty();
		this.redis.fail("READ", null);
		this.time.advance(Duration.ofSeconds(2));
		settle();
		assertThat(texts()).containsExactly("1");
	}

	@Test
	void readThatAlwaysFailsIsNotRepeatedWithoutEnd() {
		connect();
		subscribe("a");
		this.redis.fail("READ", "BUSY Redis is busy");
		loseSubscriber();
		this.redis.publish("a", "1", true);
		connectSubscriber();
		settle();
		int before = this.redis.requests();
		for (int i = 0; i < 120; i++) {
			this.time.advance(Duration.ofMillis(500));
			settle();
		}
		assertThat(this.redis.requests() - before).isLessThan(40);
		this.redis.fail("READ", null);
		for (int i = 0; i < 70; i++) {
			this.time.advance(Duration.ofMillis(1000));
			settle();
		}
		assertThat(texts()).containsExactly("1");
	}

	@Test
	void groupThatHasBeenTrimmedReportsRetentionOnce() {
		connect();
		subscribe("a");
		loseSubscriber();
		this.redis.publish("a", "1", true);
		this.redis.group("a").trim();
		this.redis.publish("a", "2", true);
		connectSubscriber();
		settle();
		assertThat(losses()).containsExactly(Reason.RETENTION);
		assertThat(texts()).containsExactly("2");
		assertThat(this.recorder.lost).containsExactly(Reason.RETENTION);
	}

	@Test
	void subscriberThatThrowsMissesNothingElse() {
		connect();
		subscribe("a");
		List<String> seen = new ArrayList<>();
		this.subscriber = (message) -> {
			seen.add(text(message));
			throw new AssertionError("expected");
		};
		this.redis.publish("a", "1", true);
		this.redis.publish("a", "2", true);
		settle();
		assertThat(seen).containsExactly("1", "2");
	}

	@Test
	void badMessagesDisturbNobody() {
		connect();
		subscribe("a");
		subscribe("b");
		String b = FakeRedis.NAMES.group("b").channel();
		List<byte[]> bad = List.of(new byte[0], new byte[1], "x".getBytes(StandardCharsets.UTF_8),
				"N".getBytes(StandardCharsets.UTF_8), "N1".getBytes(StandardCharsets.UTF_8),
				"N2".getBytes(StandardCharsets.UTF_8), "N0\u0005".getBytes(StandardCharsets.UTF_8), new byte[100]);
		for (byte[] message : bad) {
			this.redis.publishRaw(CHANNEL, message);
			this.redis.publishRaw("nx:{mm}:c:unknown", message);
			this.redis.publishRaw("nx:probe:" + FakeRedis.NODE, message);
			this.redis.publish("b", "x", true);
		}
		this.redis.publish("a", "good", true);
		this.redis.publishRaw(b, bad.get(7));
		settle();
		assertThat(texts()).hasSize(bad.size() + 1).contains("good");
		assertThat(this.recorder.ignored).isEqualTo(bad.size() + 1);
		assertThat(losses()).isEmpty();
	}

	@Test
	void nameThatKeysCannotExpressFails() {
		connect();
		assertThat(future(this.subscriptions.subscribe("\ud800"))).isCompletedExceptionally();
		assertThat(future(this.subscriptions.unsubscribe("\ud800"))).isCompletedExceptionally();
	}

	@Test
	void closeFailsWhatWaitsAndEndsDeliveries() {
		connect();
		subscribe("a");
		CompletionStage<Position> waiting = this.subscriptions.subscribe("b");
		this.redis.publish("a", "1", true);
		this.subscriptions.close();
		settle();
		assertThat(isUnavailable(waiting)).isTrue();
		assertThat(this.delivered).isEmpty();
		assertThat(this.subscriptions.groups()).isZero();
		assertThat(isUnavailable(this.subscriptions.subscribe("a"))).isTrue();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.time.waiting()).isZero();
	}

}
