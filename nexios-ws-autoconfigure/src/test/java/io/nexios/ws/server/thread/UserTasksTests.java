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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UserTasks}.
 *
 * @author Nexios Team
 */
class UserTasksTests {

	private final UserTasks tasks = new UserTasks();

	@Test
	void taskCountsBeforeItRunsAndUntilItHasRun() {
		List<Runnable> queue = new ArrayList<>();
		this.tasks.execute(queue::add, () -> assertThat(this.tasks.isEmpty()).isFalse());
		assertThat(this.tasks.isEmpty()).isFalse();
		queue.get(0).run();
		assertThat(this.tasks.isEmpty()).isTrue();
	}

	@Test
	void taskThatFailsDoesNotCountAfterwards() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.tasks.execute(Runnable::run, () -> {
				throw new IllegalStateException();
			}));
		assertThat(this.tasks.isEmpty()).isTrue();
	}

	@Test
	void taskThatIsRefusedDoesNotCount() {
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.tasks.execute((task) -> {
			throw new RejectedExecutionException();
		}, () -> {
		}));
		assertThat(this.tasks.isEmpty()).isTrue();
	}

	@Test
	void runningTasksAreInterrupted() {
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		this.tasks.execute((task) -> new Thread(task).start(), () -> {
			started.countDown();
			try {
				new CountDownLatch(1).await(10, TimeUnit.SECONDS);
				interrupted.complete(false);
			}
			catch (InterruptedException ex) {
				interrupted.complete(true);
			}
		});
		assertThat(await(started)).isTrue();
		this.tasks.interruptAll();
		assertThat(interrupted.join()).isTrue();
		Awaitility.await().until(this.tasks::isEmpty);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
