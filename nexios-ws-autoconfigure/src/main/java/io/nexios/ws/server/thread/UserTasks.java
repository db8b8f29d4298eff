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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tracks the running code of the application: handlers, callbacks of consumers, and
 * listeners. The stop of the server waits for this code. It counts as running from the
 * moment at which it is handed to an executor.
 *
 * @author Nexios Team
 */
public final class UserTasks {

	private final AtomicInteger pending = new AtomicInteger();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	void execute(Executor executor, Runnable task) {
		this.pending.incrementAndGet();
		try {
			executor.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			this.pending.decrementAndGet();
			throw ex;
		}
	}

	private void run(Runnable task) {
		Thread thread = Thread.currentThread();
		this.threads.add(thread);
		try {
			task.run();
		}
		finally {
			this.threads.remove(thread);
			this.pending.decrementAndGet();
		}
	}

	public boolean isEmpty() {
		return this.pending.get() == 0;
	}

	public void interruptAll() {
		this.threads.forEach(Thread::interrupt);
	}

}
