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

package io.nexios.ws.server.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Completes a stage when a connection is over. Actions that depend on the stage belong to
 * the application, so they run on a thread for application code. If no code has asked for
 * the stage, nothing runs.
 *
 * @author Nexios Team
 */
final class ClosedSignal {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable CompletableFuture<CloseStatus> future;

	// One stage for all callers: the future would keep a separate stage for each call
	// until the end
	private @Nullable CompletionStage<CloseStatus> stage;

	private @Nullable CloseStatus status;

	CompletionStage<CloseStatus> stage() {
		this.lock.lock();
		try {
			if (this.stage == null) {
				this.future = (this.status != null) ? CompletableFuture.completedFuture(this.status)
						: new CompletableFuture<>();
				this.stage = this.future.minimalCompletionStage();
			}
			return this.stage;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Complete the stage, because the connection is over. To be called once.
	 * @param status the code and reason of the end
	 * @param executor runs the actions that depend on the stage
	 */
	void fire(CloseStatus status, Executor executor) {
		CompletableFuture<CloseStatus> asked;
		this.lock.lock();
		try {
			this.status = status;
			asked = this.future;
		}
		finally {
			this.lock.unlock();
		}
		if (asked != null) {
			executor.execute(() -> asked.complete(status));
		}
	}

}
