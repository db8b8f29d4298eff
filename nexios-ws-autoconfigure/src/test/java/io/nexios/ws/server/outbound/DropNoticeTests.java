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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the notices of dropped messages in an {@link OutboundQueue}. The first
 * message {@code w} is being written all the time.
 *
 * @author Nexios Team
 */
@Timeout(60)
class DropNoticeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final CloseStatus STATUS = new CloseStatus(1000, "bye");

	private static final int BUDGET = 1_000_000;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final AtomicLong nanoTime = new AtomicLong();

	private final ServerThreads threads = new ServerThreads(10);

	private final TestTransport.Later later = new TestTransport.Later();

	private final TestTransport transport = new TestTransport().writing(this.later);

	private final TestOwner owner = new TestOwner();

	private final OutboundBudget budget = new OutboundBudget(BUDGET);

	private final TestTopic a = new TestTopic("A");

	private final TestTopic b = new TestTopic("B");

	@AfterEach
	void nothingIsHeldAndTransportWasUsedAsItMayBe() {
		this.threads.close();
		this.transport.assertNoViolations();
		assertThat(this.budget.used()).isZero();
	}

	// Drop the oldest

	@Test
	void oldestMessagesAreToldInTheirPlace() {
		OutboundQueue queue = queue(3, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next(), this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+A3+A4");
		assertThat(this.owner.dropped()).isEqualTo(2);
		assertThat(this.owner.notices()).isEqualTo(1);
	}

	@Test
	void runOfTheOldestHasOneNoticeHoweverLongItIs() {
		OutboundQueue queue = queue(3, OverflowPolicy.DROP_OLDEST);
		for (int i = 0; i < 100; i++) {
			send(queue, this.a.next());
		}
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A98)+A99+A100");
		assertThat(this.owner.notices()).isEqualTo(1);
	}

	@Test
	void runOfTheOldestHasANoticeForEachTopic() {
		OutboundQueue queue = queue(4, OverflowPolicy.DROP_OLDEST);
		for (int i = 0; i < 10; i++) {
			send(queue, this.a.next(), this.b.next());
		}
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A9)+(B9)+A10+B10");
		assertThat(this.owner.notices()).isEqualTo(2);
	}

	@Test
	void oldestMessageWithoutANoticeBreaksNoRun() {
		OutboundQueue queue = queue(3, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), plain("x"), this.a.next(), plain("y"), this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+A3+A4");
		assertThat(this.owner.dropped()).isEqualTo(4);
		assertThat(this.owner.notices()).isEqualTo(1);
	}

	@Test
	void messageWithoutANoticeLeavesNothingInItsPlace() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_OLDEST);
		send(queue, plain("x"), plain("y"), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "y+A1");
		assertThat(this.owner.notices()).isZero();
	}

	@Test
	void noticesAloneThatReachTheLimitLeaveRoomForTheNewest() {
		OutboundQueue queue = queue(1, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.b.next(), this.a.next(), this.b.next(), plain("x"), plain("y"));
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+(B2)+y");
	}

	@Test
	void noticesOfTheOldestMayExceedTheBytes() {
		OutboundQueue queue = bytesQueue(6, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.b.next(), this.a.next());
		assertThat(load(queue).bytes()).isEqualTo(1 + 4 + 4 + 2);
		send(queue, this.b.next(), this.a.next(), this.b.next());
		assertThat(load(queue).bytes()).isEqualTo(1 + 4 + 4 + 2);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A3)+(B2)+B3");
	}

	@Test
	void runThatIsBeingWrittenIsNotReplaced() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next(), this.a.next());
		this.later.next().succeeded();
		awaitWrite();
		send(queue, this.a.next(), this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+A3", "(A5)+A6");
		assertThat(this.owner.notices()).isEqualTo(2);
	}

	@Test
	void messageBeingWrittenIsNotDropped() {
		OutboundQueue queue = queue(OverflowPolicy.DROP_OLDEST, new int[] { 2, 100 }, this.a.next());
		send(queue, this.a.next(), this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("A1", "(A3)+A4");
	}

	// Drop the newest

	@Test
	void newestMessagesAreToldInTheirPlace() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next(), this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1+A2+(A3)");
		assertThat(this.owner.dropped()).isEqualTo(1);
		assertThat(this.owner.notices()).isEqualTo(1);
	}

	@Test
	void runOfTheNewestHasTheLatestNoticeOfEachTopic() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_NEWEST);
		for (int i = 0; i < 10; i++) {
			send(queue, this.a.next(), this.b.next(), plain("x"));
		}
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1+B1+(A10)+(B10)");
		assertThat(this.owner.notices()).isEqualTo(2);
		assertThat(this.owner.dropped()).isEqualTo(28);
	}

	@Test
	void newestMessageIsToldAfterTheWriteThatHasNoRoomForIt() {
		OutboundQueue queue = bytesQueue(1, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)");
	}

	@Test
	void messageThatIsKeptEndsARunOfTheNewest() {
		OutboundQueue queue = bytesQueue(20, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next(20), this.a.next(20), this.a.next(), this.a.next(20), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+A3+(A4)+A5");
		assertThat(this.owner.notices()).isEqualTo(2);
	}

	@Test
	void noticesOfTheNewestExceedTheLimitByOneForEachTopic() {
		OutboundQueue queue = queue(OverflowPolicy.DROP_NEWEST, new int[] { 2, 5 }, plain("w"));
		for (int i = 0; i < 3; i++) {
			send(queue, this.a.next(), this.b.next());
		}
		assertThat(load(queue).messages()).isEqualTo(1 + 2 + 2);
		assertThat(load(queue).bytes()).isEqualTo(1 + 4 + 8);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1+B1+(A3)+(B3)");
	}

	// Shedding

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void shedMessagesAreToldOnceForEachTopic(OverflowPolicy policy) {
		OutboundQueue queue = queue(10, policy);
		send(queue, this.a.next(), this.b.next(), plain("x"), this.a.next(), this.b.next());
		queue.shed();
		send(queue, this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+(B2)+A3");
		assertThat(this.owner.dropped()).isEqualTo(5);
		assertThat(this.owner.notices()).isEqualTo(2);
	}

	@Test
	void sheddingMakesOneRunOfSeveral() {
		OutboundQueue queue = bytesQueue(30, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next(), this.a.next(30), this.b.next(), this.a.next(30), this.a.next(), this.b.next(30));
		assertThat(this.owner.notices()).isEqualTo(3);
		queue.shed();
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A4)+(B2)");
		assertThat(this.owner.notices()).isEqualTo(4);
		assertThat(this.owner.dropped()).isEqualTo(6);
	}

	@Test
	void shedMessageBeforeANoticeOfItsTopicNeedsNone() {
		OutboundQueue queue = queue(1, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next(), this.a.next());
		queue.shed();
		assertThat(this.owner.notices()).isEqualTo(1);
		assertThat(this.a.asked()).isEqualTo(1);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)");
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void noticesAreNotShed(OverflowPolicy policy) {
		OutboundQueue queue = queue(10, policy);
		send(queue, this.a.next());
		queue.shed();
		queue.shed();
		assertThat(load(queue).messages()).isEqualTo(2);
		assertThat(this.owner.dropped()).isEqualTo(1);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A1)");
	}

	@Test
	void shedMessageIsToldBeforeTheClose() {
		OutboundQueue queue = queue(10, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next());
		queue.close(STATUS, PATIENCE, false);
		queue.shed();
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A1)");
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void messageThatIsDroppedForTheBudgetIsTold(OverflowPolicy policy) {
		OutboundQueue queue = queue(10, policy);
		OutboundFrame others = OutboundFrame.binary(new byte[BUDGET]);
		this.budget.hold(others);
		send(queue, this.a.next(), this.a.next());
		this.budget.release(others);
		assertThat(writtenAfterwards(queue))
			.isEqualTo((policy == OverflowPolicy.DROP_OLDEST) ? List.of("w", "(A1)+A2") : List.of("w", "(A2)"));
	}

	// Undroppable frames

	@Test
	void runOfTheNewestEndsAtAnUndroppableFrame() {
		OutboundQueue queue = queue(1, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next(), this.a.next(), kept("left"), kept("joined"), this.a.next());
		assertThat(this.owner.dropped()).isEqualTo(2);
		assertThat(this.owner.notices()).isEqualTo(2);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1+(A2)+left+joined+(A3)");
	}

	@Test
	void runOfTheOldestEndsAtAnUndroppableFrame() {
		OutboundQueue queue = queue(3, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next(), kept("left"), kept("joined"));
		send(queue, this.a.next(), this.a.next(), this.a.next());
		assertThat(this.owner.dropped()).isEqualTo(4);
		assertThat(this.owner.notices()).isEqualTo(2);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+left+joined+(A4)+A5");
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void shedRunEndsAtAnUndroppableFrame(OverflowPolicy policy) {
		OutboundQueue queue = queue(10, policy);
		send(queue, this.a.next(), this.b.next(), kept("left"), this.a.next(), kept("joined"), this.a.next());
		queue.shed();
		assertThat(this.owner.dropped()).isEqualTo(4);
		assertThat(this.owner.notices()).isEqualTo(4);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A1)+(B1)+left+(A2)+joined+(A3)");
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void undroppableFramesAreNoLoss(OverflowPolicy policy) {
		OutboundQueue queue = queue(1, policy);
		OutboundFrame others = OutboundFrame.binary(new byte[BUDGET]);
		this.budget.hold(others);
		send(queue, kept("joined"), kept("left"), kept("joined"));
		queue.shed();
		this.budget.release(others);
		assertThat(load(queue).messages()).isEqualTo(1 + 3);
		assertThat(this.owner.dropped()).isZero();
		assertThat(this.owner.notices()).isZero();
		assertThat(writtenAfterwards(queue)).containsExactly("w", "joined+left+joined");
	}

	@Test
	void messagesAfterUndroppableFramesOfSeveralWritesAreToldInTheirPlace() {
		OutboundQueue queue = bytesQueue(100_000, OverflowPolicy.DROP_NEWEST);
		String large = "x".repeat(40_000);
		send(queue, kept(large), this.a.next(), kept(large), this.a.next());
		queue.shed();
		this.later.next().succeeded();
		awaitWrite();
		send(queue, this.a.next());
		queue.shed();
		assertThat(this.owner.notices()).isEqualTo(2);
		assertThat(writtenAfterwards(queue)).containsExactly("w", large + "+(A1)", large + "+(A3)");
	}

	@Test
	void undroppableFrameIsNoExceptionFromTheClosingPolicy() {
		OutboundQueue queue = queue(1, OverflowPolicy.CLOSE);
		send(queue, kept("joined"), kept("left"));
		assertThat(this.owner.overflows()).containsExactly(Limit.OUTBOUND_MESSAGES);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "joined");
	}

	// No drops

	@Test
	void closingPolicyDropsNothing() {
		OutboundQueue queue = queue(1, OverflowPolicy.CLOSE);
		send(queue, this.a.next(), this.a.next());
		queue.shed();
		assertThat(this.owner.overflows()).containsExactly(Limit.OUTBOUND_MESSAGES);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1");
		assertThat(this.a.asked()).isZero();
	}

	@Test
	void endIsNoDrop() {
		OutboundQueue queue = queue(3, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next());
		queue.cut(STATUS, PATIENCE, false);
		assertThat(this.a.asked()).isZero();
		assertThat(writtenAfterwards(queue)).containsExactly("w");
		assertThat(this.owner.notices()).isZero();
	}

	@Test
	void endDiscardsNotices() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next(), this.a.next());
		queue.abandon();
		assertThat(load(queue).messages()).isZero();
		this.later.next().succeeded();
	}

	@Test
	void closedQueueTellsNothing() {
		OutboundQueue queue = queue(1, OverflowPolicy.DROP_NEWEST);
		send(queue, this.a.next());
		queue.close(STATUS, PATIENCE, false);
		assertThat(queue.send(this.a.next(), false, false)).isFalse();
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1");
	}

	@Test
	void keptMessageIsNotAskedForItsNotice() {
		OutboundQueue queue = queue(10, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "A1+A2");
		assertThat(this.a.asked()).isZero();
	}

	// Load

	@Test
	void noticesCountInTheBudget() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_OLDEST);
		long written = this.budget.used();
		send(queue, this.a.next(100), this.a.next(100), this.a.next());
		assertThat(this.budget.used()).isEqualTo(written + (4 + 100) + (2 + 100));
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+A3");
	}

	@Test
	void runIsAsOldAsItsLatestMessage() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next());
		this.nanoTime.addAndGet(3 * SECOND);
		send(queue, this.a.next());
		this.nanoTime.addAndGet(SECOND);
		send(queue, this.a.next());
		this.later.next().succeeded();
		awaitWrite();
		assertThat(queue.age(this.nanoTime.get())).isEqualTo(SECOND);
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+A3");
	}

	@Test
	void handlerThatWaitsForRoomIsWokenByShedding() {
		OutboundQueue queue = queue(2, OverflowPolicy.DROP_OLDEST);
		send(queue, this.a.next(), this.a.next());
		Thread handler = new Thread(() -> queue.send(plain("x"), true, true));
		handler.start();
		Awaitility.await().until(() -> handler.getState() == Thread.State.WAITING);
		queue.shed();
		Awaitility.await().until(() -> !handler.isAlive());
		assertThat(writtenAfterwards(queue)).containsExactly("w", "(A2)+x");
	}

	private OutboundQueue queue(int maxMessages, OverflowPolicy policy) {
		return queue(policy, new int[] { maxMessages, 1_000 }, plain("w"));
	}

	private OutboundQueue bytesQueue(int maxBytes, OverflowPolicy policy) {
		return queue(policy, new int[] { 1_000, maxBytes }, plain("w"));
	}

	private OutboundQueue queue(OverflowPolicy policy, int[] maximum, OutboundFrame first) {
		OutboundLimits limits = TestSettings.small()
			.withOutboundMaxMessages(maximum[0])
			.withOutboundMaxBytes(maximum[1])
			.withOverflow(policy)
			.build()
			.outbound();
		OutboundQueue queue = new OutboundQueue(this.threads, this.transport, this.owner, this.budget, limits, policy,
				this.nanoTime::get);
		queue.send(first, false, true);
		return queue;
	}

	private void send(OutboundQueue queue, OutboundFrame... frames) {
		for (OutboundFrame frame : frames) {
			assertThat(queue.send(frame, false, false)).isTrue();
		}
	}

	private void awaitWrite() {
		Awaitility.await().until(this.later::isWaiting);
	}

	private OutboundLoad load(OutboundQueue queue) {
		return queue.load(this.nanoTime.get());
	}

	private List<String> writtenAfterwards(OutboundQueue queue) {
		queue.close(STATUS, PATIENCE, false);
		this.transport.writing((frames, mayBlock, completion) -> completion.succeeded());
		this.later.next().succeeded();
		Awaitility.await().until(() -> !this.transport.closes().isEmpty());
		return this.transport.writes();
	}

	private static OutboundFrame kept(String text) {
		return OutboundFrame.undroppable(text);
	}

	private static OutboundFrame plain(String text) {
		return OutboundFrame.text(text);
	}

}
