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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, in the order in which they came, on threads of an
 * executor. Tasks must not throw exceptions. See {@link SerialRun}.
 *
 * @author Nexios Team
 */
public final class SerialTasks {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final SerialRun run = SerialRun.idle();

	private final Executor executor;

	public SerialTasks(Executor executor) {
		this.executor = executor;
	}

	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.run.signal()) {
			this.executor.execute(this::run);
		}
	}

	private void run() {
		int seen;
		do {
			seen = this.run.begin();
			runAll();
		}
		while (!this.run.end(seen));
	}

	private void runAll() {
		Runnable task = this.tasks.poll();
		while (task != null) {
			task.run();
			task = this.tasks.poll();
		}
	}

}
