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

package io.nexios.ws.server.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done when a connection ends.
 *
 * @author Nexios Team
 */
@Timeout(60)
class EndActionsTests {

	private final EndActions actions = new EndActions("a connection");

	@Test
	void actionsWaitForTheEndAndRunInTheirOrder() {
		List<Integer> ran = new ArrayList<>();
		this.actions.add(() -> ran.add(1));
		this.actions.add(() -> ran.add(2));
		assertThat(ran).isEmpty();
		this.actions.run();
		assertThat(ran).containsExactly(1, 2);
	}

	@Test
	void actionAfterTheEndRunsAtOnce() {
		this.actions.run();
		AtomicInteger runs = new AtomicInteger();
		this.actions.add(runs::incrementAndGet);
		assertThat(runs).hasValue(1);
	}

	@Test
	void endingAgainRunsNothingAgain() {
		AtomicInteger runs = new AtomicInteger();
		this.actions.add(runs::incrementAndGet);
		this.actions.run();
		this.actions.run();
		assertThat(runs).hasValue(1);
	}

	@Test
	void actionThatFailsKeepsNoOtherFromRunning() {
		AtomicInteger runs = new AtomicInteger();
		this.actions.add(() -> {
			throw new IllegalStateException("on purpose");
		});
		this.actions.add(runs::incrementAndGet);
		this.actions.run();
		assertThat(runs).hasValue(1);
	}

	@Test
	void lastActionWaitsForThoseThatAnotherThreadIsRunning() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		List<String> ran = new ArrayList<>();
		this.actions.add(() -> {
			running.countDown();
			awaitQuietly(release);
			ran.add("action");
		});
		Thread other = new Thread(this.actions::run);
		other.start();
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		this.actions.runAllAndThen(() -> ran.add("last"));
		assertThat(ran).isEmpty();
		release.countDown();
		other.join(10_000);
		assertThat(ran).containsExactly("action", "last");
	}

	@Test
	void lastActionRunsAtOnceIfAllHaveRun() {
		List<String> ran = new ArrayList<>();
		this.actions.add(() -> ran.add("action"));
		this.actions.runAllAndThen(() -> ran.add("last"));
		assertThat(ran).containsExactly("action", "last");
	}

	@Test
	void everyActionRunsExactlyOnceHoweverAddingAndEndingRace() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 3_000; round++) {
				EndActions racing = new EndActions("a connection");
				AtomicInteger runs = new AtomicInteger();
				AtomicInteger last = new AtomicInteger();
				CyclicBarrier barrier = new CyclicBarrier(4);
				List<Future<?>> ends = new ArrayList<>();
				for (int i = 0; i < 2; i++) {
					ends.add(executor.submit(() -> {
						barrier.await();
						for (int j = 0; j < 5; j++) {
							racing.add(runs::incrementAndGet);
						}
						return null;
					}));
				}
				ends.add(executor.submit(() -> {
					barrier.await();
					racing.run();
					return null;
				}));
				ends.add(executor.submit(() -> {
					barrier.await();
					racing.runAllAndThen(last::incrementAndGet);
					return null;
				}));
				for (Future<?> end : ends) {
					end.get(10, TimeUnit.SECONDS);
				}
				assertThat(runs).hasValue(10);
				assertThat(last).hasValue(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
