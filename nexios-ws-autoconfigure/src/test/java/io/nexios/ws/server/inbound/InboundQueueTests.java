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

package io.nexios.ws.server.inbound;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.transport.TestTransport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link InboundQueue}.
 *
 * @author Nexios Team
 */
class InboundQueueTests {

	private static final WSMessage.Disconnect END = new WSMessage.Disconnect(1000, "bye");

	private static final int MANY = 1_000;

	private final TestTransport transport = new TestTransport();

	@AfterEach
	void transportWasUsedAsItMayBe() {
		this.transport.assertNoViolations();
	}

	@Test
	void messagesAreTakenInTheirOrder() {
		InboundQueue queue = queue(MANY, MANY);
		queue.add(message(1), 1);
		queue.add(message(2), 1);
		assertThat(queue.take()).isEqualTo(message(1));
		assertThat(queue.take()).isEqualTo(message(2));
	}

	@Test
	void messageWakesTheTaker() {
		InboundQueue queue = queue(MANY, MANY);
		Taker taker = new Taker(queue);
		queue.add(message(1), 1);
		assertThat(taker.taken).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(message(1));
	}

	@Test
	void endWakesTheTaker() {
		InboundQueue queue = queue(MANY, MANY);
		Taker taker = new Taker(queue);
		queue.end(END, false);
		assertThat(taker.taken).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(END);
	}

	@Test
	void endComesAfterAllMessages() {
		InboundQueue queue = queue(MANY, MANY);
		queue.add(message(1), 1);
		queue.end(END, false);
		assertThat(queue.take()).isEqualTo(message(1));
		assertThat(queue.take()).isEqualTo(END);
	}

	@Test
	void endIsTakenAgainAndAgain() {
		InboundQueue queue = queue(MANY, MANY);
		queue.end(END, false);
		assertThat(queue.take()).isEqualTo(END);
		assertThat(queue.take(Duration.ZERO)).isEqualTo(END);
	}

	@Test
	void firstEndCounts() {
		InboundQueue queue = queue(MANY, MANY);
		queue.end(END, false);
		queue.end(new WSMessage.Disconnect(1006, ""), false);
		assertThat(queue.take()).isEqualTo(END);
	}

	@Test
	void nothingIsAddedAfterTheEnd() {
		InboundQueue queue = queue(1, MANY);
		queue.end(END, false);
		queue.add(message(1), 1);
		assertThat(queue.hasMessages()).isFalse();
		assertThat(this.transport.pauses()).isZero();
	}

	@Test
	void endCanForgetWhatWaits() {
		InboundQueue queue = queue(MANY, MANY);
		queue.add(message(1), 1);
		queue.end(END, true);
		assertThat(queue.take()).isEqualTo(END);
	}

	@Test
	void secondEndCanForgetWhatWaits() {
		InboundQueue queue = queue(MANY, MANY);
		queue.add(message(1), 1);
		queue.end(END, false);
		queue.end(new WSMessage.Disconnect(1006, ""), true);
		assertThat(queue.take()).isEqualTo(END);
	}

	@Test
	void discardingQueueKeepsTheEndAlone() {
		InboundQueue queue = new InboundQueue(this.transport, new InboundLimits(1, 1), true, null,
				ConnectionObserver.NONE::readingResumed);
		queue.add(message(1), 1);
		queue.end(END, false);
		assertThat(this.transport.pauses()).isZero();
		assertThat(queue.take()).isEqualTo(END);
	}

	@Test
	void readingIsPausedWhenTheMessagesReachTheirLimit() {
		InboundQueue queue = queue(2, MANY);
		queue.add(message(1), 1);
		assertThat(this.transport.pauses()).isZero();
		queue.add(message(2), 1);
		assertThat(this.transport.pauses()).isEqualTo(1);
	}

	@Test
	void readingIsPausedWhenTheBytesReachTheirLimit() {
		InboundQueue queue = queue(MANY, 10);
		queue.add(message(1), 9);
		assertThat(this.transport.pauses()).isZero();
		queue.add(message(2), 1);
		assertThat(this.transport.pauses()).isEqualTo(1);
	}

	@Test
	void readingIsPausedByOneMessageLargerThanTheLimit() {
		InboundQueue queue = queue(MANY, 10);
		queue.add(message(1), 100);
		assertThat(this.transport.pauses()).isEqualTo(1);
		queue.take();
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void readingGoesOnAtAQuarterOfTheMessages() {
		InboundQueue queue = queue(8, MANY);
		add(queue, 8, 1);
		take(queue, 5);
		assertThat(this.transport.resumes()).isZero();
		take(queue, 1);
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void readingGoesOnAtAQuarterOfTheBytes() {
		InboundQueue queue = queue(MANY, 80);
		add(queue, 8, 10);
		take(queue, 5);
		assertThat(this.transport.resumes()).isZero();
		take(queue, 1);
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void readingGoesOnWhenNoMessageIsLeftHoweverSmallTheirLimit(int limit) {
		InboundQueue queue = queue(limit, MANY);
		add(queue, limit, 1);
		take(queue, limit);
		assertThat(this.transport.pauses()).isEqualTo(1);
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void readingGoesOnWhenNoByteIsLeftHoweverSmallTheirLimit(int limit) {
		InboundQueue queue = queue(MANY, limit);
		add(queue, limit, 1);
		take(queue, limit);
		assertThat(this.transport.pauses()).isEqualTo(1);
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void readingIsPausedAgainAfterItWentOn() {
		InboundQueue queue = queue(4, MANY);
		add(queue, 4, 1);
		take(queue, 4);
		add(queue, 4, 1);
		assertThat(this.transport.pauses()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readingGoesOnAtTheEnd(boolean discard) {
		InboundQueue queue = queue(1, MANY);
		queue.add(message(1), 1);
		queue.end(END, discard);
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void readingGoesOnOnceIfMessagesAreTakenAfterTheEnd() {
		InboundQueue queue = queue(1, MANY);
		queue.add(message(1), 1);
		queue.end(END, false);
		queue.take();
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void takingTimesOut() {
		assertThat(queue(MANY, MANY).take(Duration.ofMillis(20))).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void takingWithoutTimeDoesNotWait(long seconds) {
		assertThat(queue(MANY, MANY).take(Duration.ofSeconds(seconds))).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE, Long.MAX_VALUE })
	void takingWithAnyTimeTakesWhatIsThere(long seconds) {
		InboundQueue queue = queue(MANY, MANY);
		queue.add(message(1), 1);
		assertThat(queue.take(Duration.ofSeconds(seconds))).isEqualTo(message(1));
	}

	@Test
	void queueIsUsableAfterATimeout() {
		InboundQueue queue = queue(MANY, MANY);
		queue.take(Duration.ofMillis(1));
		queue.add(message(1), 1);
		assertThat(queue.take()).isEqualTo(message(1));
	}

	@Test
	void interruptEndsTheWaitAndKeepsTheFlag() {
		InboundQueue queue = queue(MANY, MANY);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(WebSocketInterruptedException.class).isThrownBy(queue::take);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void queueIsUsableAfterAnInterrupt() {
		InboundQueue queue = queue(MANY, MANY);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(WebSocketInterruptedException.class).isThrownBy(queue::take);
		assertThat(Thread.interrupted()).isTrue();
		queue.add(message(1), 1);
		assertThat(queue.take()).isEqualTo(message(1));
	}

	@Test
	void interruptIsKeptFromTheTransportAndRestoredWhenTaking() {
		InboundQueue queue = queue(1, MANY);
		queue.add(message(1), 1);
		Thread.currentThread().interrupt();
		queue.take();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void interruptIsKeptFromTheTransportAndRestoredWhenEnding() {
		InboundQueue queue = queue(1, MANY);
		queue.add(message(1), 1);
		Thread.currentThread().interrupt();
		queue.end(END, true);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.transport.resumes()).isEqualTo(1);
	}

	@Test
	void secondTakerIsRefused() {
		InboundQueue queue = queue(MANY, MANY);
		Taker taker = new Taker(queue);
		assertThatIllegalStateException().isThrownBy(() -> queue.take(Duration.ZERO))
			.withMessageContaining("Another thread is receiving");
		queue.end(END, false);
		assertThat(taker.taken).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void takersMayFollowEachOther() {
		InboundQueue queue = queue(MANY, MANY);
		new Taker(queue, Duration.ofMillis(50)).taken.join();
		Taker taker = new Taker(queue);
		queue.add(message(1), 1);
		assertThat(taker.taken).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(message(1));
	}

	@Test
	void queueKnowsWhetherMessagesWait() {
		InboundQueue queue = queue(MANY, MANY);
		assertThat(queue.hasMessages()).isFalse();
		queue.add(message(1), 1);
		assertThat(queue.hasMessages()).isTrue();
		queue.take();
		assertThat(queue.hasMessages()).isFalse();
	}

	@Test
	void endIsNotAMessageThatWaits() {
		InboundQueue queue = queue(MANY, MANY);
		queue.end(END, false);
		assertThat(queue.hasMessages()).isFalse();
	}

	@Test
	void listenerHearsOfEveryMessageAndTheEnd() {
		AtomicInteger signals = new AtomicInteger();
		InboundQueue queue = new InboundQueue(this.transport, new InboundLimits(MANY, MANY), false,
				signals::incrementAndGet, ConnectionObserver.NONE::readingResumed);
		queue.add(message(1), 1);
		assertThat(signals).hasValue(1);
		queue.end(END, false);
		assertThat(signals).hasValue(2);
	}

	private InboundQueue queue(int maxMessages, int maxBytes) {
		return new InboundQueue(this.transport, new InboundLimits(maxMessages, maxBytes), false, null,
				ConnectionObserver.NONE::readingResumed);
	}

	private static void add(InboundQueue queue, int count, int size) {
		for (int i = 0; i < count; i++) {
			queue.add(message(i), size);
		}
	}

	private static void take(InboundQueue queue, int count) {
		for (int i = 0; i < count; i++) {
			queue.take();
		}
	}

	private static WSMessage message(int number) {
		return new WSMessage.Text("message " + number);
	}

	/**
	 * A thread that is waiting for a message.
	 */
	private static final class Taker {

		private final CompletableFuture<WSMessage> taken = new CompletableFuture<>();

		Taker(InboundQueue queue) {
			this(queue, Duration.ofSeconds(Long.MAX_VALUE));
		}

		Taker(InboundQueue queue, Duration timeout) {
			Thread thread = new Thread(() -> this.taken.complete(queue.take(timeout)));
			thread.start();
			Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING || this.taken.isDone());
		}

	}

}
