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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import io.nexios.ws.testsupport.Continuity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the notices of dropped messages with many senders and a slow transport.
 *
 * @author Nexios Team
 */
@Timeout(60)
class DropNoticeStressTests {

	private static final int SENDERS = 4;

	private static final int MESSAGES = 10_000;

	private static final int TOPICS = 3;

	private final ServerThreads threads = new ServerThreads(10);

	private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS + 1);

	private final ScheduledExecutorService container = Executors.newScheduledThreadPool(1);

	private final TestTransport transport = new TestTransport();

	private final TestOwner owner = new TestOwner();

	private final OutboundBudget budget = new OutboundBudget(Long.MAX_VALUE);

	private final List<Continuity> topics = IntStream.range(0, TOPICS)
		.mapToObj((topic) -> new Continuity("topic" + topic))
		.toList();

	@AfterEach
	void stop() {
		this.senders.shutdownNow();
		this.container.shutdownNow();
		this.threads.close();
	}

	@ParameterizedTest
	@CsvSource({ "DROP_OLDEST, false", "DROP_OLDEST, true", "DROP_NEWEST, false", "DROP_NEWEST, true" })
	void eachDroppedMessageIsToldOnceBetweenItsNeighbours(OverflowPolicy policy, boolean shedding) throws Exception {
		slowTransport();
		OutboundQueue queue = queue(policy);
		sendAll(queue, shedding);
		Awaitility.await().until(queue::isEmpty);
		int notices = 0;
		for (OutboundFrame frame : this.transport.frames()) {
			this.topics.forEach((topic) -> topic.received(frame.text()));
			notices += Continuity.isNotice(frame.text()) ? 1 : 0;
		}
		this.topics.forEach(Continuity::assertComplete);
		int kept = this.transport.frames().size() - notices;
		assertThat(kept + this.owner.dropped()).isEqualTo(SENDERS * MESSAGES);
		assertThat(this.owner.dropped()).isPositive();
		assertThat(notices).isPositive().isLessThanOrEqualTo(this.owner.notices());
		if (!shedding) {
			assertThat(notices).isEqualTo(this.owner.notices());
		}
		assertSound();
	}

	private void slowTransport() {
		Random random = new Random(1);
		this.transport.writing((frames, mayBlock, completion) -> this.container.schedule(completion::succeeded,
				random.nextInt(200), TimeUnit.MICROSECONDS));
	}

	private void sendAll(OutboundQueue queue, boolean shedding) throws Exception {
		CyclicBarrier start = new CyclicBarrier(SENDERS);
		AtomicBoolean over = new AtomicBoolean(!shedding);
		List<Future<?>> futures = new ArrayList<>();
		for (int sender = 0; sender < SENDERS; sender++) {
			Random random = new Random(sender);
			futures.add(this.senders.submit(() -> {
				start.await();
				for (int i = 0; i < MESSAGES; i++) {
					send(queue, random);
				}
				return null;
			}));
		}
		Future<?> shed = this.senders.submit(() -> {
			while (!over.get()) {
				queue.shed();
				Thread.onSpinWait();
			}
		});
		for (Future<?> future : futures) {
			future.get(20, TimeUnit.SECONDS);
		}
		over.set(true);
		shed.get(20, TimeUnit.SECONDS);
	}

	// As a group does, whose lock puts the messages of all senders in one order
	private void send(OutboundQueue queue, Random random) {
		int topic = random.nextInt(TOPICS + 1);
		boolean inline = random.nextBoolean();
		if (topic == TOPICS) {
			queue.send(OutboundFrame.text("no topic"), false, inline);
			return;
		}
		synchronized (this.topics.get(topic)) {
			Continuity messages = this.topics.get(topic);
			boolean mark = random.nextInt(20) == 0;
			queue.send(mark ? messages.mark() : messages.next(random.nextInt(20)), false, inline);
		}
	}

	private OutboundQueue queue(OverflowPolicy policy) {
		OutboundLimits limits = TestSettings.small()
			.withOutboundMaxMessages(50)
			.withOutboundMaxBytes(1_000)
			.withOverflow(policy)
			.build()
			.outbound();
		return new OutboundQueue(this.threads, this.transport, this.owner, this.budget, limits, policy,
				System::nanoTime);
	}

	private void assertSound() {
		assertThat(this.budget.used()).isZero();
		assertThat(this.owner.failures()).isEmpty();
		assertThat(this.owner.overflows()).isEmpty();
		this.transport.assertNoViolations();
	}

}
