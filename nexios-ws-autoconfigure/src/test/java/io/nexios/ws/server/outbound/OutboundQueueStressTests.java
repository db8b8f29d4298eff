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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.connection.TestSettings;
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
 * Tests for {@link OutboundQueue} with many threads.
 *
 * @author Nexios Team
 */
@Timeout(60)
class OutboundQueueStressTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int SENDERS = 4;

	private static final int MESSAGES = 4_000;

	private static final int LARGE = 1 << 24;

	private static final int SMALL = 100;

	private final ServerThreads threads = new ServerThreads(10);

	private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

	private final ScheduledExecutorService container = Executors.newScheduledThreadPool(2);

	private final TestTransport transport = new TestTransport();

	private final TestOwner owner = new TestOwner();

	private final OutboundBudget budget = new OutboundBudget(Long.MAX_VALUE);

	@AfterEach
	void stop() {
		this.senders.shutdownNow();
		this.container.shutdownNow();
		this.threads.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyMessageIsWrittenOnceAndInTheOrderOfItsSender(Container container) throws Exception {
		this.transport.writing(container.writing(this.container));
		OutboundQueue queue = queue(LARGE, OverflowPolicy.CLOSE);
		sendAll((sender, random) -> queue.send(message(sender), false, random.nextBoolean()));
		awaitIdleAndEmpty(queue);
		IntStream.range(0, SENDERS).forEach((sender) -> assertThat(received(sender)).isEqualTo(sent()));
		assertSound();
	}

	@ParameterizedTest
	@EnumSource
	void sendersThatWaitForRoomLoseNothing(Container container) throws Exception {
		this.transport.writing(container.writing(this.container));
		OutboundQueue queue = queue(SMALL, OverflowPolicy.CLOSE);
		sendAll((sender, random) -> queue.send(message(sender), true, random.nextBoolean()));
		awaitIdleAndEmpty(queue);
		IntStream.range(0, SENDERS).forEach((sender) -> assertThat(received(sender)).isEqualTo(sent()));
		assertSound();
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void messagesThatAreNotDroppedKeepTheirOrder(OverflowPolicy policy) throws Exception {
		this.transport.writing(Container.LATE.writing(this.container));
		OutboundQueue queue = queue(SMALL, policy);
		sendAll((sender, random) -> queue.send(message(sender), false, random.nextBoolean()));
		awaitIdleAndEmpty(queue);
		IntStream.range(0, SENDERS)
			.forEach((sender) -> assertThat(received(sender)).isSorted().doesNotHaveDuplicates());
		assertSound();
	}

	@ParameterizedTest
	@EnumSource
	void racingCloseComesLastAndOnce(Container container) throws Exception {
		for (int round = 0; round < 300; round++) {
			TestTransport transport = new TestTransport();
			transport.writing(container.writing(this.container));
			OutboundQueue queue = queue(transport, LARGE, OverflowPolicy.CLOSE);
			List<Integer> accepted = new ArrayList<>();
			race(() -> {
				for (int i = 0; i < 20 && queue.send(OutboundFrame.text("0:" + i), false, i % 2 == 0); i++) {
					accepted.add(i);
				}
			}, () -> queue.close(CloseStatus.NORMAL, PATIENCE, false));
			Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> !transport.closes().isEmpty());
			assertThat(transport.texts()).hasSameSizeAs(accepted);
			assertThat(queue.send(OutboundFrame.text("late"), true, true)).isFalse();
			transport.assertNoViolations();
		}
	}

	@Test
	void racingAbandonReleasesEveryWaitingSender() throws Exception {
		for (int round = 0; round < 300; round++) {
			TestTransport transport = new TestTransport();
			transport.writing(Container.RACING.writing(this.container));
			OutboundQueue queue = queue(transport, 3, OverflowPolicy.CLOSE);
			Runnable sender = () -> {
				while (queue.send(OutboundFrame.text("ab"), true, true)) {
					Thread.onSpinWait();
				}
			};
			race(sender, sender, queue::abandon);
			transport.assertNoViolations();
		}
		Awaitility.await().until(() -> this.budget.used() == 0 && !this.budget.isExcessive());
	}

	private OutboundQueue queue(int maxBytes, OverflowPolicy overflow) {
		return queue(this.transport, maxBytes, overflow);
	}

	private OutboundQueue queue(TestTransport transport, int maxBytes, OverflowPolicy overflow) {
		OutboundLimits limits = TestSettings.small()
			.withOutboundMaxBytes(maxBytes)
			.withOutboundMaxMessages(Integer.MAX_VALUE)
			.withOverflow(overflow)
			.build()
			.outbound();
		return new OutboundQueue(this.threads, transport, this.owner, this.budget, limits, overflow, System::nanoTime);
	}

	private final int[] next = new int[SENDERS];

	private OutboundFrame message(int sender) {
		return OutboundFrame.text(sender + ":" + this.next[sender]++);
	}

	private void sendAll(BiFunction<Integer, Random, Boolean> send) throws Exception {
		race(IntStream.range(0, SENDERS).<Runnable>mapToObj((sender) -> () -> {
			Random random = new Random(sender);
			for (int i = 0; i < MESSAGES; i++) {
				assertThat(send.apply(sender, random)).isTrue();
			}
		}).toArray(Runnable[]::new));
	}

	private void race(Runnable... runners) throws Exception {
		CyclicBarrier start = new CyclicBarrier(runners.length);
		List<Future<?>> futures = new ArrayList<>();
		for (Runnable runner : runners) {
			futures.add(this.senders.submit(() -> {
				start.await();
				runner.run();
				return null;
			}));
		}
		for (Future<?> future : futures) {
			future.get(20, TimeUnit.SECONDS);
		}
	}

	/**
	 * Wait until an inline message is written by its sender, which happens in an idle
	 * queue alone, although it is larger than the limit, which happens in an empty one.
	 */
	private void awaitIdleAndEmpty(OutboundQueue queue) {
		OutboundFrame probe = OutboundFrame.binary(new byte[LARGE + 1]);
		Awaitility.await().until(queue::isEmpty);
		Awaitility.await().pollInterval(10, TimeUnit.MILLISECONDS).until(() -> {
			List<Thread> writers = new ArrayList<>();
			TestTransport.Writing behaviour = this.transport.writing();
			this.transport.writing((frames, mayBlock, completion) -> {
				writers.add(Thread.currentThread());
				completion.succeeded();
			});
			queue.send(probe, true, true);
			this.transport.writing(behaviour);
			return writers.contains(Thread.currentThread());
		});
	}

	private List<Integer> received(int sender) {
		String prefix = sender + ":";
		return this.transport.frames()
			.stream()
			.filter((frame) -> frame.kind() == OutboundFrame.Kind.TEXT)
			.map(OutboundFrame::text)
			.filter((text) -> text.startsWith(prefix))
			.map((text) -> Integer.valueOf(text.substring(prefix.length())))
			.toList();
	}

	private static List<Integer> sent() {
		return IntStream.range(0, MESSAGES).boxed().toList();
	}

	private void assertSound() {
		assertThat(this.budget.used()).isZero();
		assertThat(this.owner.failures()).isEmpty();
		this.transport.assertNoViolations();
	}

	/**
	 * When a container completes its writes.
	 */
	enum Container {

		/**
		 * Within the call.
		 */
		SYNCHRONOUS {

			@Override
			TestTransport.Writing writing(ScheduledExecutorService executor) {
				return (frames, mayBlock, completion) -> completion.succeeded();
			}

		},

		/**
		 * Some time after the call has returned.
		 */
		LATE {

			@Override
			TestTransport.Writing writing(ScheduledExecutorService executor) {
				Random random = new Random(1);
				return (frames, mayBlock, completion) -> executor.schedule(completion::succeeded, random.nextInt(200),
						TimeUnit.MICROSECONDS);
			}

		},

		/**
		 * On another thread, before or after the call returns.
		 */
		RACING {

			@Override
			TestTransport.Writing writing(ScheduledExecutorService executor) {
				Random random = new Random(2);
				return (frames, mayBlock, completion) -> {
					executor.execute(completion::succeeded);
					for (int i = random.nextInt(200); i > 0; i--) {
						Thread.onSpinWait();
					}
				};
			}

		},

		/**
		 * Each time in another of these ways.
		 */
		MIXED {

			@Override
			TestTransport.Writing writing(ScheduledExecutorService executor) {
				Random random = new Random(3);
				List<TestTransport.Writing> others = List.of(SYNCHRONOUS.writing(executor), LATE.writing(executor),
						RACING.writing(executor));
				return (frames, mayBlock, completion) -> others.get(random.nextInt(others.size()))
					.write(frames, mayBlock, completion);
			}

		};

		abstract TestTransport.Writing writing(ScheduledExecutorService executor);

	}

}
