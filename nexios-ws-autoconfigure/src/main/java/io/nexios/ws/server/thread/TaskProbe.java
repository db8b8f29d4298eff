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
 * Checks whether the threads of an executor run their tasks. It hands a task that does
 * nothing to the executor. The task should have run by the next check. Used by one
 * thread.
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
	 * Check, and hand over a task for the next check, unless one is still waiting.
	 * @return whether the task of the last check has not run
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
			// The executor has stopped or has no memory for a thread, so there is no task
			// to wait for
			this.waiting = false;
		}
		return false;
	}

}
