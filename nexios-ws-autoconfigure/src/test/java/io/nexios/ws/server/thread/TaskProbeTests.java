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
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskProbe}.
 *
 * @author Nexios Team
 */
class TaskProbeTests {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	@Test
	void executorThatRunsItsTasksIsNotHeldUp() {
		TaskProbe probe = new TaskProbe(Runnable::run);
		assertThat(probe.isHeldUp()).isFalse();
		assertThat(probe.isHeldUp()).isFalse();
	}

	@Test
	void executorThatDoesNotRunItsTasksIsHeldUpUntilItDoes() {
		TaskProbe probe = new TaskProbe(this.tasks::add);
		assertThat(probe.isHeldUp()).isFalse();
		assertThat(probe.isHeldUp()).isTrue();
		assertThat(probe.isHeldUp()).isTrue();
		this.tasks.remove().run();
		assertThat(this.tasks).isEmpty();
		assertThat(probe.isHeldUp()).isFalse();
		assertThat(probe.isHeldUp()).isTrue();
	}

	@Test
	void executorThatHasStoppedIsNotHeldUp() {
		assertNotHeldUp(new TaskProbe((task) -> {
			throw new RejectedExecutionException();
		}));
	}

	@Test
	void executorWithoutMemoryForAThreadIsNotHeldUp() {
		assertNotHeldUp(new TaskProbe((task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		}));
	}

	private static void assertNotHeldUp(TaskProbe probe) {
		assertThat(probe.isHeldUp()).isFalse();
		assertThat(probe.isHeldUp()).isFalse();
	}

}
