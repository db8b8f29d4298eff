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

package io.nexios.ws.server.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import io.nexios.ws.server.transport.Transport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutboundQueue}.
 *
 * @author Nexios Team
 */
class OutboundQueueTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final CloseStatus STATUS = new CloseStatus(1000, "bye");

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final int BUDGET = 1_000_000;

	private static final int MAX_MESSAGES = 20;

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - SECOND);

	private final ServerThreads threads = new ServerThreads(10);

	private final TestTransport transport = new TestTransport();

	private final TestOwner owner = new TestOwner();

	private final OutboundBudget budget = new OutboundBudget(BUDGET);

	@AfterEach
	void transportWasUsedAsItMayBe() {
		this.threads.close();
		this.transport.assertNoViolations();
	}

	@Test
	void inlineMessageIsWrittenOnTheThreadOfTheCaller() {
		List<Thread> writers = recordWriters();
		queue(100).send(frame("a"), true, true);
		assertThat(writers).containsExactly(Thread.currentThread());
	}

	@Test
	void anyOtherMessageIsWrittenOnATask() {
		List<Thread> writers = recordWriters();
		queue(100).send(frame("a"), false, false);
		Awaitility.await().until(() -> !writers.isEmpty());
		assertThat(writers).doesNotContain(Thread.currentThread());
	}

	@Test
	void inlineWriteMayBlock() {
		List<Boolean> mayBlock = recordMayBlock();
		queue(100).send(frame("a"), true, true);
		assertThat(mayBlock).containsExactly(true);
	}

	@Test
	void writeOfATaskMayBlockOnlyOnAVirtualThread() {
		List<Boolean> mayBlock = recordMayBlock();
		queue(100).send(frame("a"), false, false);
		Awaitility.await().untilAsserted(() -> assertThat(mayBlock).containsExactly(this.threads.tasksMayBlock()));
	}

	@Test
	void drainWritesTogetherWhatWasQueuedMeanwhile() {
		TestTransport.Gate gate = gateFirstWrite();
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), false, false);
		gate.awaitEntered();
		queue.send(frame("b"), false, false);
		queue.send(frame("c"), false, false);
		gate.open();
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.writes()).containsExactly("a", "b+c"));
	}

	@Test
	void inlineDrainHandsOverWhatWasQueuedMeanwhile() {
		TestTransport.Gate first = new TestTransport.Gate();
		TestTransport.Gate second = new TestTransport.Gate();
		this.transport.writing((frames, mayBlock, completion) -> {
			this.transport.writing(second);
			first.write(frames, mayBlock, completion);
		});
		OutboundQueue queue = queue(100);
		CompletableFuture<Void> handler = CompletableFuture.runAsync(() -> queue.send(frame("a"), true, true));
		first.awaitEntered();
		queue.send(frame("b"), false, false);
		first.open();
		assertThat(handler).succeedsWithin(Duration.ofSeconds(5));
		second.awaitEntered();
		second.open();
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.writes()).containsExactly("a", "b"));
	}

	@Test
	void inlineMessageForABusyQueueIsLeftToItsDrainer() {
		TestTransport.Gate gate = gateFirstWrite();
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), false, false);
		gate.awaitEntered();
		assertThat(queue.send(frame("b"), true, true)).isTrue();
		assertThat(this.transport.writes()).containsExactly("a");
		gate.open();
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.writes()).containsExactly("a", "b"));
	}

	@Test
	void queueIsIdleAgainAfterAWrite() {
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.send(frame("b"), true, true);
		assertThat(this.transport.writes()).containsExactly("a", "b");
	}

	@Test
	void lateCompletionGoesOnOnATask() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.send(frame("b"), true, true);
		Transport.Completion first = later.next();
		List<Thread> writers = recordWriters();
		first.succeeded();
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.writes()).containsExactly("a", "b"));
		assertThat(writers).doesNotContain(Thread.currentThread());
	}

	@Test
	void lateCompletionOfTheLastMessageMakesTheQueueIdle() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		List<Thread> writers = recordWriters();
		later.next().succeeded();
		Awaitility.await().until(() -> {
			queue.send(frame("b"), true, true);
			return writers.contains(Thread.currentThread());
		});
	}

	@Test
	void completionOnAnotherThreadDuringTheCallLetsTheCallerGoOn() {
		OutboundQueue queue = queue(100);
		this.transport
			.writing((frames, mayBlock, completion) -> CompletableFuture.runAsync(completion::succeeded).join());
		queue.send(frame("a"), true, true);
		List<Thread> writers = recordWriters();
		queue.send(frame("b"), true, true);
		assertThat(writers).containsExactly(Thread.currentThread());
	}

	@Test
	void closeComesAfterAllMessages() {
		TestTransport.Gate gate = gateFirstWrite();
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), false, false);
		gate.awaitEntered();
		queue.send(frame("b"), false, false);
		queue.close(STATUS, PATIENCE, true);
		assertThat(this.transport.closes()).isEmpty();
		gate.open();
		Awaitility.await().until(() -> !this.transport.closes().isEmpty());
		assertThat(this.transport.writes()).containsExactly("a", "b");
		assertThat(this.transport.closes()).containsExactly(STATUS);
	}

	@Test
	void closeComesAfterALateCompletion() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.close(STATUS, PATIENCE, true);
		assertThat(this.transport.closes()).isEmpty();
		later.next().succeeded();
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.closes()).containsExactly(STATUS));
	}

	@Test
	void idleQueueIsClosedInline() {
		queue(100).close(STATUS, PATIENCE, true);
		assertThat(this.transport.closes()).containsExactly(STATUS);
	}

	@Test
	void onlyTheFirstCloseCounts() {
		OutboundQueue queue = queue(100);
		queue.close(STATUS, PATIENCE, true);
		queue.close(CloseStatus.GOING_AWAY, PATIENCE, true);
		assertThat(this.transport.closes()).containsExactly(STATUS);
	}

	@Test
	void closedQueueTakesNothing() {
		OutboundQueue queue = queue(100);
		queue.close(STATUS, PATIENCE, true);
		assertThat(queue.send(frame("a"), false, true)).isFalse();
		assertThat(this.transport.writes()).isEmpty();
	}

	@Test
	void abandonedQueueTakesNothing() {
		OutboundQueue queue = queue(100);
		queue.abandon();
		assertThat(queue.send(frame("a"), true, true)).isFalse();
		assertThat(this.transport.writes()).isEmpty();
	}

	@Test
	void abandonedQueueIsNotClosed() {
		OutboundQueue queue = queue(100);
		queue.abandon();
		queue.close(STATUS, PATIENCE, true);
		assertThat(this.transport.closes()).isEmpty();
	}

	@Test
	void abandoningForgetsWhatIsQueued() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.send(frame("b"), true, true);
		queue.close(STATUS, PATIENCE, true);
		queue.abandon();
		later.next().succeeded();
		assertThat(queue.age(afterSeconds(1))).isZero();
		this.threads.close();
		assertThat(this.transport.writes()).containsExactly("a");
		assertThat(this.transport.closes()).isEmpty();
	}

	@Test
	void handlerWaitsForRoomUntilAMessageIsWritten() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(4);
		queue.send(frame("aaaa"), true, true);
		CompletableFuture<Boolean> sent = sendWaiting(queue, frame("b"));
		assertThat(sent).isNotDone();
		later.next().succeeded();
		assertThat(sent).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
		later.next().succeeded();
		assertThat(this.transport.writes()).containsExactly("aaaa", "b");
	}

	@Test
	void abandoningWakesAHandlerThatWaitsForRoom() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(4);
		queue.send(frame("aaaa"), true, true);
		CompletableFuture<Boolean> sent = sendWaiting(queue, frame("b"));
		queue.abandon();
		assertThat(sent).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
	}

	@Test
	void closingWakesAHandlerThatWaitsForRoom() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(4);
		queue.send(frame("aaaa"), true, true);
		CompletableFuture<Boolean> sent = sendWaiting(queue, frame("b"));
		queue.close(STATUS, PATIENCE, false);
		assertThat(sent).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
	}

	@Test
	void interruptEndsTheWaitForRoomAndKeepsTheFlag() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(4);
		queue.send(frame("aaaa"), true, true);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(WebSocketInterruptedException.class)
			.isThrownBy(() -> queue.send(frame("b"), true, true));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void interruptIsKeptFromTheTransportAndRestored() {
		OutboundQueue queue = queue(100);
		Thread.currentThread().interrupt();
		queue.send(frame("a"), true, true);
		queue.close(STATUS, PATIENCE, true);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.transport.writes()).containsExactly("a");
	}

	@Test
	void fullQueueThatIsToCloseTellsItsOwner() {
		OutboundQueue queue = fullQueue(OverflowPolicy.CLOSE);
		assertThat(queue.send(frame("d"), false, false)).isTrue();
		assertThat(this.owner.overflows()).containsExactly(Limit.OUTBOUND_BYTES);
	}

	@Test
	void fullQueueCanDropTheOldest() {
		OutboundQueue queue = fullQueue(OverflowPolicy.DROP_OLDEST);
		assertThat(queue.send(frame("d"), false, false)).isTrue();
		assertThat(writtenAfterwards(queue)).containsExactly("a", "c+d");
	}

	@Test
	void fullQueueDropsAsManyOfTheOldestAsItMust() {
		OutboundQueue queue = fullQueue(OverflowPolicy.DROP_OLDEST);
		queue.send(frame("dd"), false, false);
		assertThat(writtenAfterwards(queue)).containsExactly("a", "dd");
	}

	@Test
	void fullQueueThatDropsTheOldestKeepsTheNewestInAnyCase() {
		OutboundQueue queue = fullQueue(OverflowPolicy.DROP_OLDEST);
		queue.send(frame("ddd"), false, false);
		assertThat(writtenAfterwards(queue)).containsExactly("a", "ddd");
	}

	@Test
	void fullQueueCanDropTheNewest() {
		OutboundQueue queue = fullQueue(OverflowPolicy.DROP_NEWEST);
		assertThat(queue.send(frame("d"), false, false)).isTrue();
		assertThat(writtenAfterwards(queue)).containsExactly("a", "b+c");
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void fullQueueThatDropsTellsNobody(OverflowPolicy policy) {
		fullQueue(policy).send(frame("d"), false, false);
		assertThat(this.owner.overflows()).isEmpty();
	}

	@Test
	void messageOfAnySizeFitsAnEmptyQueue() {
		OutboundQueue queue = queue(3);
		assertThat(queue.send(frame("aaaaaaaa"), false, true)).isTrue();
		assertThat(this.transport.writes()).containsExactly("aaaaaaaa");
		assertThat(this.owner.overflows()).isEmpty();
	}

	@Test
	void messageThatIsBeingWrittenTakesRoom() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(4);
		queue.send(frame("aaaa"), false, true);
		queue.send(frame("b"), false, true);
		assertThat(this.owner.overflows()).containsExactly(Limit.OUTBOUND_BYTES);
	}

	@Test
	void writtenMessageTakesNoRoom() {
		OutboundQueue queue = queue(4);
		queue.send(frame("aaaa"), false, true);
		queue.send(frame("bbbbbbbb"), false, true);
		assertThat(this.transport.writes()).containsExactly("aaaa", "bbbbbbbb");
	}

	@Test
	void oneWriteTakesSomeOfALongQueueAlone() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(1_000_000);
		String large = "x".repeat(30_000);
		for (int i = 0; i < 6; i++) {
			queue.send(frame(large), false, true);
		}
		queue.close(STATUS, PATIENCE, false);
		pending().succeeded();
		Awaitility.await().until(() -> !this.transport.closes().isEmpty());
		assertThat(this.transport.writes()).containsExactly(large, large + "+" + large, large + "+" + large, large);
	}

	@Test
	void idleQueueIsNeverOverdue() {
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		assertThat(queue.age(afterSeconds(1000))).isZero();
		assertThat(queue.isEmpty()).isTrue();
	}

	@Test
	void ageIsTheTimeOfTheWrite() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		assertThat(queue.age(afterSeconds(0))).isZero();
		assertThat(queue.age(afterSeconds(2))).isEqualTo(2 * SECOND);
		assertThat(queue.isEmpty()).isFalse();
	}

	@Test
	void ageIsThatOfTheOldestMessageFromWhenItWasAdded() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		afterSeconds(3);
		queue.send(frame("b"), true, true);
		afterSeconds(1);
		later.next().succeeded();
		Awaitility.await().until(later::isWaiting);
		assertThat(queue.age(afterSeconds(5))).isEqualTo(6 * SECOND);
	}

	@Test
	void ageRunsOnAcrossWrites() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(1_000_000);
		queue.send(frame("a"), true, true);
		for (int i = 0; i < 4; i++) {
			queue.send(frame("x".repeat(60_000)), true, true);
		}
		for (int i = 0; i < 4; i++) {
			Transport.Completion write = later.next();
			assertThat(queue.age(afterSeconds(3))).isEqualTo((i + 1) * 3 * SECOND);
			write.succeeded();
		}
		later.next().succeeded();
	}

	@Test
	void messageThatNobodyWritesDoesNotAge() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		this.owner.beforeGoingOn(() -> {
			queue.send(frame("b"), true, true);
			assertThat(queue.age(afterSeconds(100))).isZero();
			assertThat(queue.isEmpty()).isFalse();
		});
		later.next().succeeded();
		Transport.Completion write = later.next();
		assertThat(queue.age(afterSeconds(2))).isEqualTo(2 * SECOND);
		write.succeeded();
	}

	@Test
	void messageDoesNotAgeBetweenTwoWrites() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.send(frame("b"), true, true);
		afterSeconds(2);
		this.owner.beforeGoingOn(() -> assertThat(queue.age(afterSeconds(100))).isEqualTo(2 * SECOND));
		later.next().succeeded();
		Transport.Completion write = later.next();
		assertThat(queue.age(afterSeconds(1))).isEqualTo(3 * SECOND);
		write.succeeded();
	}

	@Test
	void excusedTimeDoesNotCountAsAge() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.excuse(SECOND, afterSeconds(3));
		assertThat(queue.age(afterSeconds(0))).isEqualTo(2 * SECOND);
		queue.excuse(Long.MAX_VALUE, afterSeconds(0));
		assertThat(queue.age(afterSeconds(0))).isZero();
		assertThat(queue.age(afterSeconds(4))).isEqualTo(4 * SECOND);
	}

	@Test
	void excuseIsForWhatHasBeenWaiting() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.excuse(Long.MAX_VALUE, afterSeconds(3));
		queue.send(frame("b"), true, true);
		later.next().succeeded();
		Transport.Completion write = later.next();
		assertThat(queue.age(afterSeconds(2))).isEqualTo(2 * SECOND);
		write.succeeded();
	}

	@Test
	void tooManyMessagesAreNotTooManyBytes() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(1_000_000);
		for (int i = 0; i < 1 + MAX_MESSAGES; i++) {
			queue.send(frame("a"), false, true);
		}
		assertThat(this.owner.overflows()).isEmpty();
		queue.send(frame("a"), false, true);
		assertThat(this.owner.overflows()).containsExactly(Limit.OUTBOUND_MESSAGES);
	}

	@Test
	void failedWriteIsToldToTheOwner() {
		IOException failure = new IOException("broken");
		this.transport.writing(TestTransport.Writing.failing(failure));
		queue(100).send(frame("a"), true, true);
		assertThat(this.owner.failures()).containsExactly(failure);
	}

	@Test
	void lateFailureIsToldToTheOwner() {
		IOException failure = new IOException("broken");
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		queue(100).send(frame("a"), true, true);
		later.next().failed(failure);
		assertThat(this.owner.failures()).containsExactly(failure);
	}

	@Test
	void nothingIsWrittenAfterAFailedWrite() {
		this.transport.writing(TestTransport.Writing.failing(new IOException("broken")));
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		queue.send(frame("b"), true, true);
		queue.close(STATUS, PATIENCE, true);
		assertThat(this.transport.writes()).containsExactly("a");
		assertThat(this.transport.closes()).isEmpty();
	}

	@Test
	void messageIsHeldUntilItIsWritten() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		queue(100).send(frame("a"), true, true);
		assertThat(this.budget.used()).isPositive();
		later.next().succeeded();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void messageIsHeldUntilItsWriteFails() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		queue(100).send(frame("a"), true, true);
		later.next().failed(new IOException("broken"));
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void messageOfAnAbandonedQueueIsHeldUntilItsWriteEnds() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		long writing = this.budget.used();
		queue.send(frame("b"), true, true);
		queue.abandon();
		queue.abandon();
		assertThat(this.budget.used()).isEqualTo(writing);
		later.next().succeeded();
		assertThat(this.budget.used()).isZero();
		assertThat(this.budget.isExcessive()).isFalse();
	}

	@Test
	void droppedMessageIsNotHeld() {
		OutboundQueue queue = fullQueue(OverflowPolicy.DROP_OLDEST);
		long full = this.budget.used();
		queue.send(frame("d"), false, false);
		assertThat(this.budget.used()).isEqualTo(full);
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void messageThatMayBeDroppedIsWhenTheBudgetIsExceeded(OverflowPolicy policy) {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(100, policy);
		queue.send(frame("a"), false, true);
		exceedBudget();
		queue.send(frame("b"), false, true);
		queue.send(frame("c"), false, true);
		assertThat(writtenAfterwards(queue))
			.isEqualTo((policy == OverflowPolicy.DROP_OLDEST) ? List.of("a", "c") : List.of("a"));
	}

	@Test
	void messageForAnEmptyQueueIsNotDroppedWhenTheBudgetIsExceeded() {
		exceedBudget();
		queue(100, OverflowPolicy.DROP_NEWEST).send(frame("a"), false, true);
		assertThat(this.transport.writes()).containsExactly("a");
	}

	@Test
	void messageThatMayNotBeDroppedIsAddedWhenTheBudgetIsExceeded() {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), false, true);
		exceedBudget();
		queue.send(frame("b"), false, true);
		assertThat(this.owner.overflows()).isEmpty();
		assertThat(writtenAfterwards(queue)).containsExactly("a", "b");
	}

	@Test
	void handlerWaitsForAnEmptyQueueWhenTheBudgetIsExceeded() {
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		OutboundQueue queue = queue(100);
		queue.send(frame("a"), true, true);
		exceedBudget();
		CompletableFuture<Boolean> sent = sendWaiting(queue, frame("b"));
		assertThat(sent).isNotDone();
		later.next().succeeded();
		assertThat(sent).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
		later.next().succeeded();
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void sheddingDropsWhatIsNotBeingWritten(OverflowPolicy policy) {
		OutboundQueue queue = fullQueue(policy);
		queue.shed();
		assertThat(writtenAfterwards(queue)).containsExactly("a");
	}

	@Test
	void sheddingDropsNothingThatMayNotBeDropped() {
		OutboundQueue queue = fullQueue(OverflowPolicy.CLOSE);
		queue.shed();
		assertThat(writtenAfterwards(queue)).containsExactly("a", "b+c");
	}

	private void exceedBudget() {
		this.budget.hold(OutboundFrame.binary(new byte[BUDGET]));
	}

	// There are no limits to virtual threads
	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void drainThatNobodyRunsIsToldToTheOwner() {
		this.threads.close();
		queue(100).send(frame("a"), false, false);
		assertThat(this.owner.failures()).hasOnlyElementsOfType(RejectedExecutionException.class).hasSize(1);
	}

	private OutboundQueue queue(int maxBytes) {
		return queue(maxBytes, OverflowPolicy.CLOSE);
	}

	private OutboundQueue queue(int maxBytes, OverflowPolicy overflow) {
		OutboundLimits limits = TestSettings.small()
			.withOutboundMaxBytes(maxBytes)
			.withOutboundMaxMessages(MAX_MESSAGES)
			.withOverflow(overflow)
			.build()
			.outbound();
		return new OutboundQueue(this.threads, this.transport, this.owner, this.budget, limits, overflow,
				this.nanoTime::get);
	}

	private long afterSeconds(int seconds) {
		return this.nanoTime.addAndGet(seconds * SECOND);
	}

	/**
	 * Return a queue for three bytes, of which one is being written and two are waiting.
	 */
	private OutboundQueue fullQueue(OverflowPolicy overflow) {
		this.transport.writing(new TestTransport.Later());
		OutboundQueue queue = queue(3, overflow);
		queue.send(frame("a"), false, true);
		queue.send(frame("b"), false, true);
		queue.send(frame("c"), false, true);
		return queue;
	}

	private List<String> writtenAfterwards(OutboundQueue queue) {
		queue.close(STATUS, PATIENCE, false);
		this.pending().succeeded();
		Awaitility.await().until(() -> !this.transport.closes().isEmpty());
		return this.transport.writes();
	}

	private Transport.Completion pending() {
		TestTransport.Later later = (TestTransport.Later) this.transport.writing();
		this.transport.writing((frames, mayBlock, completion) -> completion.succeeded());
		return later.next();
	}

	private CompletableFuture<Boolean> sendWaiting(OutboundQueue queue, OutboundFrame frame) {
		CompletableFuture<Boolean> sent = new CompletableFuture<>();
		Thread sender = new Thread(() -> sent.complete(queue.send(frame, true, true)));
		sender.start();
		Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
		return sent;
	}

	private TestTransport.Gate gateFirstWrite() {
		TestTransport.Gate gate = new TestTransport.Gate();
		this.transport.writing(gate);
		return gate;
	}

	private List<Thread> recordWriters() {
		List<Thread> writers = new CopyOnWriteArrayList<>();
		this.transport.writing((frames, mayBlock, completion) -> {
			writers.add(Thread.currentThread());
			completion.succeeded();
		});
		return writers;
	}

	private List<Boolean> recordMayBlock() {
		List<Boolean> values = new CopyOnWriteArrayList<>();
		this.transport.writing((frames, mayBlock, completion) -> {
			values.add(mayBlock);
			completion.succeeded();
		});
		return values;
	}

	private static OutboundFrame frame(String text) {
		return OutboundFrame.text(text);
	}

}
