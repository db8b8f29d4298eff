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

package io.nexios.ws.server.thread;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link PeerWaits} and {@link ConsumerThreads}.
 *
 * @author Nexios Team
 */
class PeerWaitsTests {

	private static final int WORKING = 2;

	private static final int MAX = 4;

	private static final Duration SOON = Duration.ofSeconds(5);

	private final ConsumerThreads threads = new ConsumerThreads(WORKING, MAX);

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

	private final PeerWaits waits = new PeerWaits(this.threads, this.clock, MAX);

	private final CountDownLatch peersRead = new CountDownLatch(1);

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	@AfterEach
	void stop() {
		this.peersRead.countDown();
		this.threads.shutdown();
		this.clock.shutdownNow();
	}

	@Test
	void threadsThatWaitAreReplaced() {
		waitOnThreads(WORKING);
		await().until(() -> this.waiting.get() == WORKING);
		assertThat(CompletableFuture.runAsync(() -> {
		}, this.threads)).succeedsWithin(SOON);
	}

	@Test
	void threadsAboveTheMaximumDoNotWait() {
		waitOnThreads(MAX + 3);
		await().until(() -> this.waiting.get() == MAX && this.refused.get() == 3);
		assertThat(this.threads.getLargestPoolSize()).isLessThanOrEqualTo(WORKING + MAX);
		assertThat(CompletableFuture.runAsync(() -> {
		}, this.threads)).succeedsWithin(SOON);
	}

	@Test
	void othersWaitInAnyCaseButCount() {
		for (int i = 0; i < MAX + 1; i++) {
			assertThat(this.waits.begin()).isTrue();
		}
		waitOnThreads(1);
		await().until(() -> this.refused.get() == 1);
		this.waits.end();
		this.waits.end();
		waitOnThreads(1);
		await().until(() -> this.waiting.get() == 1);
	}

	@Test
	void noThreadIsReplacedWhenNoneWaits() {
		waitOnThreads(WORKING);
		await().until(() -> this.threads.getCorePoolSize() == 2 * WORKING);
		this.peersRead.countDown();
		await().until(() -> this.threads.getCorePoolSize() == WORKING);
		await().until(this.clock.getQueue()::isEmpty);
	}

	@Test
	void shortWaitsLeaveNothingBehind() {
		for (int i = 0; i < 1_000; i++) {
			this.threads.execute(() -> {
				this.waits.begin();
				this.waits.end();
			});
		}
		assertThat(CompletableFuture.runAsync(() -> {
		}, this.threads)).succeedsWithin(SOON);
		await().until(() -> this.clock.getQueue().isEmpty() && this.threads.getCorePoolSize() == WORKING);
	}

	private void waitOnThreads(int count) {
		for (int i = 0; i < count; i++) {
			this.threads.execute(this::waitForPeer);
		}
	}

	private void waitForPeer() {
		if (!this.waits.begin()) {
			this.refused.incrementAndGet();
			return;
		}
		this.waiting.incrementAndGet();
		try {
			this.peersRead.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.waits.end();
		}
	}

}
