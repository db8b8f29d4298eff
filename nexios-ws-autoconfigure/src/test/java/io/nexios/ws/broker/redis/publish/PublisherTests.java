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

package io.nexios.ws.broker.redis.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.redis.observer.RedisObserver.PublishOutcome;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.testsupport.redis.FakeConnection;
import io.nexios.ws.testsupport.redis.FakeConnection.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Publisher}.
 *
 * @author Nexios Team
 */
class PublisherTests {

	private final PublishFixture fixture = new PublishFixture();

	private final Publisher publisher = this.fixture.publisher;

	private static void assertUnavailable(CompletableFuture<Acceptance> result) {
		assertThat(PublishFixture.end(result)).isExactlyInstanceOf(GroupsUnavailableException.class);
	}

	private static void assertUnknown(CompletableFuture<Acceptance> result) {
		assertThat(PublishFixture.end(result)).isExactlyInstanceOf(SendOutcomeUnknownException.class);
	}

	private static void assertAccepted(CompletableFuture<Acceptance> result, long offset, boolean subscribed) {
		assertThat(PublishFixture.end(result)).isEqualTo(new Acceptance(offset, subscribed));
	}

	// What is sent

	@Test
	void savedMessageIsSentAfterItsGroupWasEntered() {
		FakeConnection connection = this.fixture.connect();
		this.fixture.save("room");
		GroupKeys keys = PublishFixture.NAMES.group("room");
		assertThat(connection.written()).extracting((call) -> call.request().command())
			.containsExactly("SADD", "EVALSHA");
		assertThat(connection.writes()).isOne();
		Call enter = connection.written().get(0);
		assertThat(List.of(enter.text(0), enter.text(1))).containsExactly("nx:own:me", "room");
		Call script = connection.written().get(1);
		assertThat(IntStream.of(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14).mapToObj(script::text)).containsExactly(
				RedisScript.PUBLISH.sha1(), "3", keys.meta(), keys.stream(), keys.interest(), "qme", "1", "100",
				"300000", Long.toString(Duration.ofDays(30).toMillis()), keys.channel(), "PUBLISH", "");
		assertThat(script.request().arguments().get(11)).hasSize(8).isNotEqualTo(new byte[8]);
	}

	@Test
	void unsavedMessageIsPublished() {
		FakeConnection connection = this.fixture.connect();
		this.fixture.tell("room");
		assertThat(connection.written()).singleElement().satisfies((call) -> {
			assertThat(call.request().command()).isEqualTo("PUBLISH");
			assertThat(call.text(0)).isEqualTo(PublishFixture.NAMES.group("room").channel());
			assertThat(new String(call.request().arguments().get(1), StandardCharsets.ISO_8859_1)).startsWith("N0")
				.endsWith("x");
		});
	}

	@Test
	void metaLivesTwiceAsLongAsLongHistory() {
		assertThat(Saving.of(limits(Duration.ofDays(20))).metaTtl()).isEqualTo(Duration.ofDays(40).toMillis());
		assertThat(Saving.of(limits(Duration.ofDays(2))).metaTtl()).isEqualTo(Duration.ofDays(30).toMillis());
		assertThat(Saving.of(limits(Duration.ofSeconds(Long.MAX_VALUE))).metaTtl()).isPositive();
		assertThat(Saving.of(limits(Duration.ZERO)).ttl()).isOne();
	}

	private static HistoryLimits limits(Duration ttl) {
		return new HistoryLimits(1, 1, ttl, 1);
	}

	@Test
	void groupNameThatRedisCannotHaveIsRefused() {
		this.fixture.connect();
		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.save("\uD800"));
		assertThat(this.publisher.pendingBytes()).isZero();
	}

	// Answers

	@Test
	void answerOfScriptIsTheOutcome() {
		FakeConnection connection = this.fixture.connect();
		List<CompletableFuture<Acceptance>> results = Stream.of("a", "b", "c").map(this.fixture::save).toList();
		List<Call> calls = connection.written("EVALSHA");
		calls.get(0).complete(List.of(7L, 1L));
		calls.get(1).complete(List.of(1L, 0L));
		calls.get(2).complete(List.of(-1L, 1L));
		assertAccepted(results.get(0), 7, true);
		assertAccepted(results.get(1), 1, false);
		assertAccepted(results.get(2), -1, true);
		assertThat(this.fixture.outcomes).containsOnly(PublishOutcome.ACCEPTED).hasSize(3);
		assertThat(this.publisher.pendingBytes()).isZero();
	}

	@Test
	void unexpectedAnswerIsUnknownOutcome() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> saved = this.fixture.save("a");
		CompletableFuture<Acceptance> unsaved = this.fixture.tell("a");
		connection.written("EVALSHA").get(0).complete(List.of("x"));
		connection.written("PUBLISH").get(0).complete(null);
		assertUnknown(saved);
		assertUnknown(unsaved);
	}

	@Test
	void unsavedMessageWithReceiversIsAccepted() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> result = this.fixture.tell("room");
		connection.written().get(0).complete(2L);
		assertAccepted(result, 0, true);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1 })
	void interestTellsWhetherGroupExistsIfNobodyReceived(long interest) {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> result = this.fixture.tell("room");
		connection.written().get(0).complete(0L);
		assertThat(result).isNotDone();
		assertThat(connection.written("EXISTS")).singleElement()
			.returns(PublishFixture.NAMES.group("room").interest(), (call) -> call.text(0))
			.satisfies((call) -> call.complete(interest));
		assertAccepted(result, 0, interest == 1);
	}

	@Test
	void acceptedMessageStaysAcceptedWithoutAnswerAboutInterest() {
		FakeConnection connection = this.fixture.connect();
		List<CompletableFuture<Acceptance>> results = Stream.of("a", "b", "c").map(this.fixture::tell).toList();
		connection.written("PUBLISH").forEach((call) -> call.complete(0L));
		connection.written("EXISTS").get(0).fail("NOPERM no");
		assertAccepted(results.get(0), 0, true);
		assertThat(results.get(1)).isNotDone();
		this.fixture.end(connection);
		assertAccepted(results.get(1), 0, true);
		assertAccepted(results.get(2), 0, true);
	}

	// Ends of connections

	@Test
	void publicationWithoutConnectionFailsAtOnce() {
		assertUnavailable(this.fixture.save("room"));
		this.fixture.end(this.fixture.connect());
		assertUnavailable(this.fixture.tell("room"));
		assertThat(this.fixture.outcomes).containsExactly(PublishOutcome.UNAVAILABLE, PublishOutcome.UNAVAILABLE);
	}

	@Test
	void savedMessagesWithoutAnswerAreSentAgainBeforeNewOnes() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> answered = this.fixture.save("room");
		CompletableFuture<Acceptance> open = this.fixture.save("room");
		first.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		first.giveUp("test");
		CompletableFuture<Acceptance> meanwhile = this.fixture.save("room");
		this.publisher.onDown("test");
		assertAccepted(answered, 1, true);
		assertThat(first.written("EVALSHA")).hasSize(2);
		FakeConnection second = this.fixture.connect();
		this.fixture.save("room");
		assertThat(PublishFixture.sequences(second)).containsExactly(2L, 3L, 4L);
		second.written("EVALSHA").get(0).complete(List.of(-1L, 1L));
		second.written("EVALSHA").get(1).complete(List.of(3L, 1L));
		assertAccepted(open, -1, true);
		assertAccepted(meanwhile, 3, true);
	}

	@Test
	void unsavedMessageWithoutAnswerIsNeverSentAgain() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> sent = this.fixture.tell("room");
		first.giveUp("test");
		assertUnknown(sent);
		CompletableFuture<Acceptance> waiting = this.fixture.tell("room");
		this.publisher.onDown("test");
		FakeConnection second = this.fixture.connect();
		assertThat(second.written()).hasSize(1);
		second.written().get(0).complete(1L);
		assertAccepted(waiting, 0, true);
	}

	@Test
	void answerOfConnectionThatHasEndedIsIgnored() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> result = this.fixture.save("room");
		this.publisher.onDown("test");
		first.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		assertThat(result).isNotDone();
		FakeConnection second = this.fixture.connect();
		second.written("EVALSHA").get(0).complete(List.of(-1L, 1L));
		assertAccepted(result, -1, true);
	}

	@Test
	void connectionThatFollowsWithoutEndOfTheOneBeforeGetsEverything() {
		this.fixture.connect();
		this.fixture.save("room");
		assertThat(PublishFixture.sequences(this.fixture.connect())).containsExactly(1L);
	}

	// Time

	@Test
	void sentMessageWithoutAnswerInTimeIsUnknownAndNotSentAgain() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> saved = this.fixture.save("room");
		CompletableFuture<Acceptance> unsaved = this.fixture.tell("room");
		this.fixture.time.advance(PublishFixture.TIMEOUT.minusNanos(1));
		assertThat(saved).isNotDone();
		this.fixture.time.advance(Duration.ofNanos(1));
		assertUnknown(saved);
		assertUnknown(unsaved);
		this.fixture.end(first);
		assertThat(this.fixture.connect().written()).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly(PublishOutcome.UNKNOWN, PublishOutcome.UNKNOWN);
	}

	@Test
	void messageThatWasNotSentInTimeIsUnavailable() {
		FakeConnection connection = this.fixture.connect();
		this.fixture.lease = false;
		CompletableFuture<Acceptance> result = this.fixture.save("room");
		this.fixture.time.advance(PublishFixture.TIMEOUT);
		assertUnavailable(result);
		this.fixture.lease = true;
		this.publisher.proceed();
		assertThat(connection.written()).isEmpty();
	}

	@Test
	void messageThatWasSentBeforeAndWaitsAgainIsUnknownWhenItsTimeIsOver() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> result = this.fixture.save("room");
		this.fixture.end(first);
		this.fixture.time.advance(PublishFixture.TIMEOUT);
		assertUnknown(result);
	}

	@Test
	void oneTimerIsForTheOldest() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> first = this.fixture.save("room");
		this.fixture.time.advance(Duration.ofSeconds(1));
		CompletableFuture<Acceptance> second = this.fixture.save("room");
		assertThat(this.fixture.time.waiting()).isOne();
		connection.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		this.fixture.time.advance(Duration.ofSeconds(1));
		assertThat(first).isCompleted();
		assertThat(second).isNotDone();
		assertThat(this.fixture.time.waiting()).isOne();
		this.fixture.time.advance(Duration.ofSeconds(1));
		assertUnknown(second);
		assertThat(this.fixture.time.waiting()).isZero();
	}

	// Errors

	@ParameterizedTest
	@ValueSource(strings = { "READONLY You can't write", "LOADING Redis is loading", "MASTERDOWN Link", "NOSCRIPT No" })
	void connectionThatIsOfNoUseIsGivenUp(String error) {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> saved = this.fixture.save("room");
		CompletableFuture<Acceptance> unsaved = this.fixture.tell("room");
		first.written("PUBLISH").get(0).fail(error);
		assertUnavailable(unsaved);
		assertThat(first.reason()).contains(error.split(" ")[0]);
		this.publisher.onDown("test");
		assertThat(saved).isNotDone();
		FakeConnection second = this.fixture.connect();
		second.written("EVALSHA").get(0).fail(error);
		this.publisher.onDown("test");
		assertThat(PublishFixture.sequences(this.fixture.connect())).containsExactly(1L);
	}

	@Test
	void messageThatNoConnectionHasExecutedIsUnavailable() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> refused = this.fixture.save("room");
		CompletableFuture<Acceptance> behind = this.fixture.save("room");
		connection.written("EVALSHA").get(0).fail("READONLY no");
		this.publisher.onDown("test");
		this.fixture.time.advance(PublishFixture.TIMEOUT);
		assertUnavailable(refused);
		assertUnknown(behind);
	}

	@Test
	void missingPermissionFailsMessageAndEndsTheConnection() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> refused = this.fixture.save("room");
		CompletableFuture<Acceptance> other = this.fixture.save("other");
		connection.written("EVALSHA").get(0).fail("NOPERM this user has no permissions to run the 'evalsha' command");
		assertUnavailable(refused);
		assertThat(connection.reason()).isNotEmpty();
		assertThat(other).isNotDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "OOM command not allowed. script: x, on @user_script:31.", "WRONGTYPE Operation" })
	void errorFailsMessageAndThoseOfItsGroupThatWereSentBehindIt(String error) {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> refused = this.fixture.save("room");
		CompletableFuture<Acceptance> other = this.fixture.save("other");
		CompletableFuture<Acceptance> behind = this.fixture.save("room");
		connection.written("EVALSHA").get(0).fail(error);
		assertUnavailable(refused);
		assertUnavailable(behind);
		connection.written("EVALSHA").get(1).complete(List.of(1L, 1L));
		assertAccepted(other, 1, true);
		connection.written("EVALSHA").get(2).complete(List.of(-2L, 1L));
		assertThat(connection.reason()).isEmpty();
		CompletableFuture<Acceptance> next = this.fixture.save("room");
		assertThat(connection.written("EVALSHA").get(3).text(14)).isEmpty();
		connection.written("EVALSHA").get(3).complete(List.of(1L, 1L));
		assertAccepted(next, 1, true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ERR The user executing the script can't publish to the channel",
			"NOPERM ACL failure in script: no", "ERR user_script:1: x" })
	void errorInTheMiddleOfScriptIsUnknownOutcome(String error) {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> result = this.fixture.save("room");
		connection.written("EVALSHA").get(0).fail(error);
		assertUnknown(result);
	}

	@Test
	void errorOfUnsavedMessageIsThatOfNoOther() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> refused = this.fixture.tell("room");
		CompletableFuture<Acceptance> saved = this.fixture.save("room");
		connection.written("PUBLISH").get(0).fail("NOPERM no");
		assertUnavailable(refused);
		assertThat(saved).isNotDone();
	}

	@Test
	void errorOfMessageThatWasAlsoSentBeforeIsUnknownOutcome() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> result = this.fixture.save("room");
		this.fixture.end(first);
		this.fixture.connect().written("EVALSHA").get(0).fail("OOM no");
		assertUnknown(result);
	}

	@Test
	void outcomeOfMessageBehindOneWithUnknownOutcomeIsUnknown() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> before = this.fixture.save("room");
		this.fixture.end(first);
		FakeConnection second = this.fixture.connect();
		CompletableFuture<Acceptance> behind = this.fixture.save("room");
		second.written("EVALSHA").get(0).fail("OOM no");
		assertUnknown(before);
		assertUnknown(behind);
	}

	@Test
	void messageNamesTheOneBeforeItInItsGroupUntilThatOneHasAnOutcome() {
		FakeConnection first = this.fixture.connect();
		this.fixture.save("room");
		this.fixture.save("other");
		this.fixture.save("room");
		assertThat(first.written("EVALSHA")).extracting((call) -> call.text(14)).containsExactly("", "", "1");
		first.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		this.fixture.end(first);
		FakeConnection second = this.fixture.connect();
		this.fixture.save("room");
		assertThat(second.written("EVALSHA")).extracting((call) -> call.text(14)).containsExactly("", "", "3");
	}

	@Test
	void messageThatIsOutOfTurnIsSentAgainAtNextConnection() {
		FakeConnection first = this.fixture.connect();
		CompletableFuture<Acceptance> accepted = this.fixture.save("room");
		CompletableFuture<Acceptance> refused = this.fixture.save("room");
		first.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		first.written("EVALSHA").get(1).complete(List.of(-2L, 1L));
		assertThat(first.reason()).isNotEmpty();
		this.publisher.onDown("test");
		FakeConnection second = this.fixture.connect();
		second.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		assertAccepted(accepted, 1, true);
		assertAccepted(refused, 1, true);
	}

	// Groups of this node

	@Test
	void groupIsEnteredOnceOnEachConnection() {
		FakeConnection first = this.fixture.connect();
		this.fixture.save("room");
		this.fixture.save("room");
		assertThat(first.written("SADD")).hasSize(1);
		this.fixture.end(first);
		assertThat(this.fixture.connect().written("SADD")).hasSize(1);
	}

	@Test
	void groupIsEnteredAgainAfterLossOfLeaseAndAfterFailure() {
		FakeConnection connection = this.fixture.connect();
		this.fixture.save("room");
		connection.written("SADD").get(0).complete(1L);
		this.publisher.forgetOwned();
		this.fixture.save("room");
		assertThat(connection.written("SADD")).hasSize(2);
		connection.written("SADD").get(1).fail("OOM no");
		this.fixture.save("room");
		assertThat(connection.written("SADD")).hasSize(3);
	}

	@Test
	void groupsThatAreRememberedAreBounded() {
		EnteredGroups groups = new EnteredGroups();
		for (int i = 0; i < EnteredGroups.MAX; i++) {
			assertThat(groups.add("g" + i)).isTrue();
		}
		assertThat(groups.add("g0")).isFalse();
		assertThat(groups.add("more")).isTrue();
		assertThat(groups.add("g0")).isFalse();
		assertThat(groups.add("g1")).isTrue();
	}

	// Limits and the stop

	@Test
	void publicationBeyondTheLimitFailsAtOnce() {
		PublishFixture small = new PublishFixture(600);
		FakeConnection connection = small.connect();
		CompletableFuture<Acceptance> first = small.tell("room");
		small.tell("room");
		assertThat(small.publisher.pendingBytes()).isBetween(400L, 600L);
		assertUnavailable(small.tell("room"));
		assertThat(small.outcomes).containsExactly(PublishOutcome.OVERLOADED);
		connection.written("PUBLISH").get(0).complete(1L);
		assertThat(first).isCompleted();
		assertThat(small.tell("room")).isNotDone();
	}

	@Test
	void nodeWithoutLeaseSendsNothingUntilItHasOne() {
		FakeConnection connection = this.fixture.connect();
		this.fixture.lease = false;
		this.fixture.save("room");
		assertThat(connection.written()).isEmpty();
		this.fixture.lease = true;
		this.publisher.proceed();
		assertThat(PublishFixture.sequences(connection)).containsExactly(1L);
	}

	@Test
	void flushedCompletesWhenNothingWaits() {
		assertThat(this.publisher.flushed().toCompletableFuture()).isCompleted();
		FakeConnection connection = this.fixture.connect();
		this.fixture.save("room");
		this.fixture.save("room");
		CompletableFuture<Void> flushed = this.publisher.flushed().toCompletableFuture();
		connection.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		assertThat(flushed).isNotDone();
		connection.written("EVALSHA").get(1).fail("OOM no");
		assertThat(flushed).isCompleted();
	}

	@Test
	void closeFailsWhatIsLeft() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<Acceptance> sent = this.fixture.save("room");
		this.fixture.lease = false;
		CompletableFuture<Acceptance> waiting = this.fixture.save("room");
		CompletableFuture<Void> flushed = this.publisher.flushed().toCompletableFuture();
		this.publisher.close();
		assertUnknown(sent);
		assertUnavailable(waiting);
		assertUnavailable(this.fixture.save("room"));
		assertThat(flushed).isCompleted();
		connection.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		this.publisher.close();
		assertThat(this.fixture.outcomes).hasSize(3);
		assertThat(this.publisher.pendingBytes()).isZero();
	}

	@Test
	void resultMayPublishAgain() {
		FakeConnection connection = this.fixture.connect();
		CompletableFuture<CompletableFuture<Acceptance>> second = this.fixture.save("room")
			.handle((acceptance, failure) -> this.fixture.save("room"));
		connection.written("EVALSHA").get(0).complete(List.of(1L, 1L));
		assertThat(second).isCompleted();
		assertThat(PublishFixture.sequences(connection)).containsExactly(1L, 2L);
	}

	@Test
	void connectionThatThrowsIsGivenUp() {
		FakeConnection connection = new FakeConnection() {
			@Override
			public void flush() {
				throw new IllegalStateException("test");
			}
		};
		this.publisher.onUp(connection);
		this.fixture.save("room");
		assertThat(connection.reason()).contains("IllegalStateException");
		this.publisher.onDown("test");
		assertThat(PublishFixture.sequences(this.fixture.connect())).containsExactly(1L);
	}

}
