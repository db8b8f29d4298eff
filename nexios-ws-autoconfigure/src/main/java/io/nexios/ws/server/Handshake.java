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

package io.nexios.ws.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the request's thread, which is parked, and the handler's thread meet: the handler
 * hands its decision over, and after an acceptance waits for the container to open.
 *
 * @author Nexios Team
 */
final class Handshake {

	private final CompletableFuture<Decision> decision = new CompletableFuture<>();

	private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

	void decide(Decision decision) {
		this.decision.complete(decision);
	}

	Decision awaitDecision(Duration timeout) throws InterruptedException, TimeoutException {
		return get(this.decision, timeout);
	}

	Decision joinDecision() {
		return this.decision.join();
	}

	void opened() {
		this.opened.complete(true);
	}

	void failed() {
		this.opened.complete(false);
	}

	boolean awaitOpened(Duration timeout) throws InterruptedException, TimeoutException {
		return get(this.opened, timeout);
	}

	private static <T> T get(CompletableFuture<T> future, Duration timeout)
			throws InterruptedException, TimeoutException {
		try {
			return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * What the handler has decided.
	 */
	sealed interface Decision {

		/**
		 * Answer with 101.
		 *
		 * @param spec what the handler asks for
		 */
		record Accepted(AcceptanceSpec spec) implements Decision {

		}

		/**
		 * Answer with an HTTP response.
		 *
		 * @param reply the response
		 */
		record Rejected(HttpReply reply) implements Decision {

		}

	}

}
