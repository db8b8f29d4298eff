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

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Finds out whether the threads of an executor come to their tasks: one that does nothing
 * is to have run by the next look. Asked by one thread.
 *
 * @author Nexios Team
 */
final class TaskProbe {

	private final Executor executor;

	private volatile boolean waiting;

	TaskProbe(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Look, and hand over a task for the next look unless one waits.
	 * @return whether the task of the last look has not run
	 */
	boolean isHeldUp() {
		if (this.waiting) {
			return true;
		}
		this.waiting = true;
		try {
			this.executor.execute(() -> this.waiting = false);
		}
		catch (RejectedExecutionException | Error ex) {
			// Has stopped, or has no memory for a thread: there is nothing to wait for
			this.waiting = false;
		}
		return false;
	}

}
