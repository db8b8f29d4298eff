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

package io.nexios.ws.server.tomcat.readahead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.nexios.ws.server.tomcat.readahead.ReadCoalescing.Pace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadCoalescing} with pollers that report at every pace.
 *
 * @author Nexios Team
 */
@Timeout(120)
class ReadCoalescingStressTests {

	private static final int POLLERS = 2;

	private static final int SOCKETS = 64;

	private static final int REPORTS = 60_000;

	private final ExecutorService tasks = Executors.newCachedThreadPool();

	private final ExecutorService pollers = Executors.newFixedThreadPool(POLLERS);

	private final AtomicIntegerArray ran = new AtomicIntegerArray(POLLERS * REPORTS);

	private final AtomicInteger started = new AtomicInteger();

	private final ReadCoalescing coalescing = new ReadCoalescing(this::start, System::nanoTime);

	@AfterEach
	void stop() {
		this.pollers.shutdownNow();
		this.tasks.shutdownNow();
	}

	@Test
	void everyTaskRunsOnceWhateverThePace() throws Exception {
		List<Future<?>> polling = new ArrayList<>();
		for (int i = 0; i < POLLERS; i++) {
			int first = i * REPORTS;
			polling.add(this.pollers.submit(() -> poll(first)));
		}
		for (Future<?> poller : polling) {
			poller.get(60, TimeUnit.SECONDS);
		}
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(notRunOnce()).isEmpty());
		// More tasks than reports: the rest are tasks that watched, so some tasks have
		// waited
		assertThat(this.started.get() - POLLERS * REPORTS).isPositive();
	}

	private void start(Runnable task) {
		this.started.incrementAndGet();
		this.tasks.execute(task);
	}

	private void poll(int first) {
		Random random = new Random(first);
		List<Pace> sockets = new ArrayList<>();
		for (int i = 0; i < SOCKETS; i++) {
			sockets.add(new Pace());
		}
		for (int i = first; i < first + REPORTS; i++) {
			report(i, sockets.get(random.nextInt(SOCKETS)), random.nextInt(4) > 0);
			if (random.nextInt(2_000) == 0) {
				// The reports stop while tasks may be waiting
				awaitRun(i);
			}
		}
	}

	private void report(int number, Pace pace, boolean sendsOn) {
		this.coalescing.execute(() -> this.ran.incrementAndGet(number), pace, sendsOn);
	}

	private void awaitRun(int number) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (this.ran.get(number) == 0) {
			assertThat(System.nanoTime() - deadline).as("report %d", number).isNegative();
			Thread.onSpinWait();
		}
	}

	private List<Integer> notRunOnce() {
		return IntStream.range(0, this.ran.length()).filter((i) -> this.ran.get(i) != 1).limit(10).boxed().toList();
	}

}
