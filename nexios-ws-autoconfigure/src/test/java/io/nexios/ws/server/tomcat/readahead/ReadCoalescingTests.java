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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.nexios.ws.server.tomcat.readahead.ReadCoalescing.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReadCoalescing}.
 *
 * @author Nexios Team
 */
@Timeout(30)
class ReadCoalescingTests {

	private static final Duration MICROSECOND = Duration.ofNanos(1_000);

	private final AtomicLong nanoTime = new AtomicLong(1_000_000);

	private final List<String> started = new ArrayList<>();

	private final Deque<Runnable> watches = new ArrayDeque<>();

	private final ReadCoalescing coalescing = new ReadCoalescing(this::start, this.nanoTime::get);

	private final Pace pace = new Pace();

	@Test
	void taskOfAPeerThatWaitsForAnswersStartsAtOnce() {
		reportTwiceAmongOthers(100, MICROSECOND);
		report("task", this.pace, false);
		assertThat(this.started).contains("task");
	}

	@Test
	void taskOfAPeerThatSendsOnWaitsAmongManyOthers() {
		reportTwiceAmongOthers(100, MICROSECOND);
		report("task", this.pace, true);
		assertThat(this.started).doesNotContain("task");
	}

	@Test
	void taskStartsAtOnceWhereNothingElseIsReported() {
		for (int i = 0; i < 10; i++) {
			report("task", this.pace, true);
			assertThat(this.started).hasSize(i + 1);
		}
	}

	@Test
	void taskStartsAtOnceWhereLittleElseIsReported() {
		for (int i = 0; i < 10; i++) {
			reportOthers(2, MICROSECOND);
			report("task " + i, this.pace, true);
			assertThat(this.started).contains("task " + i);
		}
	}

	@Test
	void taskStartsAtOnceWhereOthersAreReportedSlowly() {
		reportTwiceAmongOthers(100, Duration.ofNanos(1_100_000));
		report("task", this.pace, true);
		assertThat(this.started).contains("task");
	}

	@Test
	void firstReportsStartAtOnce() {
		reportOthers(100, MICROSECOND);
		report("first", new Pace(), true);
		assertThat(this.started).contains("first");
	}

	@Test
	void taskWaitsForAnEighthOfTheReportsSinceTheLastButOneOfItsSocket() {
		reportTwiceAmongOthers(40, MICROSECOND);
		report("task", this.pace, true);
		// 82 reports, including its own, and an eighth of them is 10
		reportOthers(9, MICROSECOND);
		assertThat(this.started).doesNotContain("task");
		reportOthers(1, MICROSECOND);
		assertThat(this.started).contains("task");
	}

	@Test
	void taskWaitsForNoMoreThanIsReportedInAMillisecond() {
		reportTwiceAmongOthers(100, Duration.ofNanos(300_000));
		report("task", this.pace, true);
		reportOthers(2, Duration.ZERO);
		assertThat(this.started).doesNotContain("task");
		reportOthers(1, Duration.ZERO);
		assertThat(this.started).contains("task");
	}

	@Test
	void secondPieceWaitsThoughTheFirstWasReportedJustNow() {
		reportTwiceAmongOthers(100, MICROSECOND);
		report("first", this.pace, false);
		report("second", this.pace, true);
		assertThat(this.started).contains("first").doesNotContain("second");
	}

	@Test
	void waitingTasksStartTogetherAndInOrder() {
		List<Pace> paces = List.of(new Pace(), new Pace(), new Pace());
		for (int i = 0; i < 2; i++) {
			paces.forEach((pace) -> report("other", pace, false));
			reportOthers(100, MICROSECOND);
		}
		this.started.clear();
		paces.forEach((pace) -> report("waiting " + paces.indexOf(pace), pace, true));
		assertThat(this.started).isEmpty();
		reportOthers(50, MICROSECOND);
		assertThat(this.started).containsSequence("other", "waiting 0", "waiting 1", "waiting 2", "other");
	}

	@Test
	void taskStartsAfterTwoMillisecondsThoughNothingIsReported() {
		reportTwiceAmongOthers(100, MICROSECOND);
		report("task", this.pace, true);
		CompletableFuture<Void> watch = CompletableFuture.runAsync(this.watches.remove());
		this.nanoTime.addAndGet(TimeUnit.MICROSECONDS.toNanos(1_999));
		assertThat(watch).isNotDone();
		this.nanoTime.addAndGet(TimeUnit.MICROSECONDS.toNanos(1));
		watch.orTimeout(10, TimeUnit.SECONDS).join();
		assertThat(this.started).contains("task");
	}

	@Test
	void noThreadWatchesWithoutAWaitingTask() {
		reportTwiceAmongOthers(100, MICROSECOND);
		assertThat(this.watches).isEmpty();
	}

	@Test
	void oneThreadWatchesAllWaitingTasks() {
		reportTwiceAmongOthers(100, MICROSECOND);
		report("task", this.pace, true);
		report("task", this.pace, true);
		assertThat(this.watches).hasSize(1);
	}

	@Test
	void watchEndsWhenNothingWaitsAndBeginsAnewWithTheNextTask() {
		reportTwiceAmongOthers(100, MICROSECOND);
		report("task", this.pace, true);
		Runnable watch = this.watches.remove();
		reportOthers(100, MICROSECOND);
		watch.run();
		report("next", this.pace, true);
		assertThat(this.watches).hasSize(1);
		assertThat(this.started).contains("task").doesNotContain("next");
	}

	static Stream<Runnable> failures() {
		return Stream.of(() -> {
			throw new RejectedExecutionException();
		}, () -> {
			throw new OutOfMemoryError("Java heap space");
		});
	}

	@ParameterizedTest
	@MethodSource("failures")
	void waitingTaskThatCannotStartIsNoFailureOfTheSocketThatIsReported(Runnable failure) {
		ReadCoalescing coalescing = new ReadCoalescing((task) -> {
			start(task);
			if (task.equals(new Task("refused"))) {
				failure.run();
			}
		}, this.nanoTime::get);
		for (int i = 0; i < 2; i++) {
			coalescing.execute(new Task("before"), this.pace, false);
			reportOthers(coalescing, 20);
		}
		coalescing.execute(new Task("refused"), this.pace, true);
		assertThat(this.started).doesNotContain("refused");
		reportOthers(coalescing, 20);
		assertThat(this.started).contains("refused").endsWith("other");
	}

	@Test
	void reportThatIsRefusedFails() {
		ReadCoalescing coalescing = new ReadCoalescing((task) -> {
			throw new RejectedExecutionException();
		}, this.nanoTime::get);
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> coalescing.execute(new Task("refused"), this.pace, false));
	}

	private void reportTwiceAmongOthers(int others, Duration interval) {
		for (int i = 0; i < 2; i++) {
			report("before", this.pace, false);
			reportOthers(others, interval);
		}
	}

	private void reportOthers(int count, Duration interval) {
		for (int i = 0; i < count; i++) {
			reportOthers(this.coalescing, 1);
			this.nanoTime.addAndGet(interval.toNanos());
		}
	}

	private static void reportOthers(ReadCoalescing coalescing, int count) {
		for (int i = 0; i < count; i++) {
			coalescing.execute(new Task("other"), new Pace(), false);
		}
	}

	private void report(String name, Pace pace, boolean sendsOn) {
		this.coalescing.execute(new Task(name), pace, sendsOn);
	}

	private void start(Runnable task) {
		if (task instanceof Task socketTask) {
			this.started.add(socketTask.name());
		}
		else {
			this.watches.add(task);
		}
	}

	private record Task(String name) implements Runnable {

		@Override
		public void run() {
			throw new AssertionError("Only started");
		}

	}

}
