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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks one after the other.
 *
 * @author Nexios Team
 */
@Timeout(60)
class SerialTasksTests {

	@Test
	void tasksRunInTheirOrderInOneRun() {
		Deque<Runnable> executor = new ArrayDeque<>();
		List<Integer> ran = new ArrayList<>();
		SerialTasks tasks = new SerialTasks(executor::add);
		for (int i = 0; i < 3; i++) {
			int number = i;
			tasks.execute(() -> ran.add(number));
		}
		assertThat(executor).hasSize(1);
		executor.remove().run();
		assertThat(ran).containsExactly(0, 1, 2);
		assertThat(executor).isEmpty();
	}

	@Test
	void taskOfATaskRunsAfterIt() {
		List<String> ran = new ArrayList<>();
		SerialTasks tasks = new SerialTasks(Runnable::run);
		tasks.execute(() -> {
			tasks.execute(() -> ran.add("inner"));
			ran.add("outer");
		});
		assertThat(ran).containsExactly("outer", "inner");
	}

	@Test
	void tasksThatComeAfterARunStartAnother() {
		Deque<Runnable> executor = new ArrayDeque<>();
		List<Integer> ran = new ArrayList<>();
		SerialTasks tasks = new SerialTasks(executor::add);
		tasks.execute(() -> ran.add(1));
		executor.remove().run();
		tasks.execute(() -> ran.add(2));
		executor.remove().run();
		assertThat(ran).containsExactly(1, 2);
	}

	@Test
	void noTaskIsLostAndNoTwoRunAtATime() throws Exception {
		int threads = 4;
		int each = 100_000;
		ExecutorService executor = Executors.newFixedThreadPool(2);
		ExecutorService submitters = Executors.newFixedThreadPool(threads);
		try {
			SerialTasks tasks = new SerialTasks(executor);
			AtomicInteger inside = new AtomicInteger();
			AtomicInteger overlaps = new AtomicInteger();
			AtomicInteger misplaced = new AtomicInteger();
			int[] next = new int[threads];
			CountDownLatch done = new CountDownLatch(threads * each);
			for (int i = 0; i < threads; i++) {
				int thread = i;
				submitters.execute(() -> {
					for (int j = 0; j < each; j++) {
						int number = j;
						tasks.execute(() -> {
							if (inside.incrementAndGet() != 1) {
								overlaps.incrementAndGet();
							}
							if (next[thread]++ != number) {
								misplaced.incrementAndGet();
							}
							inside.decrementAndGet();
							done.countDown();
						});
					}
				});
			}
			assertThat(done.await(30, TimeUnit.SECONDS)).as("All tasks ran").isTrue();
			assertThat(overlaps).hasValue(0);
			assertThat(misplaced).hasValue(0);
		}
		finally {
			submitters.shutdownNow();
			executor.shutdownNow();
		}
	}

	@Test
	void wakeUpsAreNotLostWhenTasksComeOneByOne() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			SerialTasks tasks = new SerialTasks(executor);
			for (int i = 0; i < 20_000; i++) {
				CountDownLatch done = new CountDownLatch(1);
				tasks.execute(done::countDown);
				assertThat(done.await(10, TimeUnit.SECONDS)).as("Task %d ran", i).isTrue();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

}
