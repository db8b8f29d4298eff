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

package io.nexios.ws.broker.redis.publish;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The lock of an {@link Outbox}. What a step under the lock has to complete or to send is
 * done after the step, without the lock.
 *
 * @author Nexios Team
 */
final class OutboxLock {

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Runnable> afterwards = new ArrayDeque<>();

	/**
	 * Make a step under the lock, and then, without it, what the step has left to do.
	 * @param step the step
	 * @param <T> the type of the result
	 * @return the result of the step
	 */
	<T extends @Nullable Object> T locked(Supplier<T> step) {
		Deque<Runnable> tasks = new ArrayDeque<>(0);
		this.lock.lock();
		try {
			return step.get();
		}
		finally {
			tasks.addAll(this.afterwards);
			this.afterwards.clear();
			this.lock.unlock();
			tasks.forEach(Runnable::run);
		}
	}

	void locked(Runnable step) {
		this.<@Nullable Object>locked(() -> {
			step.run();
			return null;
		});
	}

	/**
	 * Run a task after the step that is being made.
	 * @param task the task
	 */
	void afterwards(Runnable task) {
		this.afterwards.add(task);
	}

}
