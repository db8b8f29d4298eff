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

package io.nexios.ws.broker.redis.lettuce;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.server.thread.DetachedThreads;

/**
 * Opens connections on threads that wait for them. The client limits how long they wait.
 *
 * @author Nexios Team
 */
final class Openings {

	// Three connections are needed, and some attempts may have been abandoned
	private static final int MAX_THREADS = 16;

	private final Semaphore permits = new Semaphore(MAX_THREADS);

	/**
	 * Open a connection.
	 * @param <C> the type of the connection
	 * @param opening opens it, and may wait
	 * @return a stage that completes with the connection, or fails with the reason
	 */
	<C> CompletionStage<C> open(Supplier<? extends C> opening) {
		if (!this.permits.tryAcquire()) {
			return CompletableFuture
				.failedStage(new ConnectionLostException("Earlier attempts to open a connection have not ended"));
		}
		CompletableFuture<C> stage = new CompletableFuture<>();
		DetachedThreads.daemon(() -> run(opening, stage), "nexios-ws-redis-connect").start();
		return stage;
	}

	private <C> void run(Supplier<? extends C> opening, CompletableFuture<C> stage) {
		try {
			C connection = opening.get();
			this.permits.release();
			stage.complete(connection);
		}
		catch (Throwable ex) {
			// Also an error has to end the attempt
			this.permits.release();
			stage.completeExceptionally(new ConnectionLostException(OpeningFailure.reason(ex)));
		}
	}

}
