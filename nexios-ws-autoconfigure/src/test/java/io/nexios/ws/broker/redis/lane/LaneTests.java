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

package io.nexios.ws.broker.redis.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.spi.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * @author Nexios Team
 */
class LaneTests {

	private final LaneLog log = new LaneLog(new ManualTimeSource());

	private static LaneTask sized(int size, Runnable action) {
		return new LaneTask() {

			@Override
			public void run() {
				action.run();
			}

			@Override
			public int size() {
				return size;
			}

		};
	}

	@Test
	void tasksOfManyThreadsRunOneAfterTheOtherAndInTheOrderOfEachThread() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			Lane lane = new Lane(threads, this.log);
			int[] last = new int[3];
			AtomicInteger running = new AtomicInteger();
			AtomicInteger wrong = new AtomicInteger();
			CountDownLatch done = new CountDownLatch(3 * 50_000);
			for (int adder = 0; adder < 3; adder++) {
				int number = adder;
				threads.execute(() -> {
					for (int i = 1; i <= 50_000; i++) {
						int value = i;
						lane.execute(() -> {
							boolean right = running.getAndIncrement() == 0 && last[number] == value - 1;
							wrong.addAndGet(right ? 0 : 1);
							last[number] = value;
							running.decrementAndGet();
							done.countDown();
						});
					}
				});
			}
			assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(wrong).hasValue(0);
			assertThat(lane.waiting()).isZero();
		}
		finally {
			threads.shutdown();
			assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void taskThatFailsDoesNotStopTheLane() {
		Lane lane = new Lane(Runnable::run, this.log);
		List<String> order = new ArrayList<>();
		lane.execute(() -> {
			throw new AssertionError("expected");
		});
		lane.execute(() -> order.add("next"));
		assertThat(order).containsExactly("next");
	}

	@Test
	void offersAreRefusedBeyondTheLimitAndTakenAgainLater() {
		Queue<Runnable> runs = new ArrayDeque<>();
		Lane lane = new Lane(runs::add, this.log);
		AtomicInteger count = new AtomicInteger();
		int taken = 0;
		while (lane.offer(sized(1024 * 1024, count::incrementAndGet))) {
			taken++;
		}
		assertThat(taken).isEqualTo(8);
		lane.execute(count::incrementAndGet);
		assertThat(runs).hasSize(1);
		runs.remove().run();
		assertThat(count).hasValue(9);
		assertThat(lane.offer(count::incrementAndGet)).isTrue();
	}

	@Test
	void runGivesItsThreadAwayAfterSomeTasks() {
		Queue<Runnable> runs = new ArrayDeque<>();
		Lane lane = new Lane(runs::add, this.log);
		AtomicInteger count = new AtomicInteger();
		for (int i = 0; i < 300; i++) {
			lane.execute(count::incrementAndGet);
		}
		runs.remove().run();
		assertThat(count).hasValue(256);
		runs.remove().run();
		assertThat(count).hasValue(300);
		assertThat(runs).isEmpty();
	}

	@Test
	void laneGoesOnAfterItGotNoThread() {
		AtomicBoolean refuse = new AtomicBoolean(true);
		Lane lane = new Lane((task) -> {
			if (refuse.get()) {
				throw new RejectedExecutionException("expected");
			}
			task.run();
		}, this.log);
		AtomicInteger count = new AtomicInteger();
		lane.execute(count::incrementAndGet);
		assertThat(count).hasValue(0);
		refuse.set(false);
		lane.execute(count::incrementAndGet);
		assertThat(count).hasValue(2);
	}

}
