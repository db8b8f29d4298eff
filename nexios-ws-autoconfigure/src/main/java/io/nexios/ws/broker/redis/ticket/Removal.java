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

package io.nexios.ws.broker.redis.ticket;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.spi.TimeSource;

/**
 * Removes one key that will expire. A request that fails is made again every second,
 * until the key has certainly expired or the server stops.
 *
 * @author Nexios Team
 */
final class Removal {

	static final Duration RETRY = Duration.ofSeconds(1);

	private final CompletableFuture<Void> removed = new CompletableFuture<>();

	private final RedisCalls calls;

	private final String key;

	private final TimeSource time;

	private final long end;

	Removal(RedisCalls calls, String key, TimeSource time, Duration timeToLive) {
		this.calls = calls;
		this.key = key;
		this.time = time;
		this.end = time.nanoTime() + timeToLive.toNanos();
	}

	/**
	 * Remove the key.
	 * @return a stage that completes when the key is removed, or fails with the last
	 * failure
	 */
	CompletionStage<Void> run() {
		request();
		return this.removed;
	}

	private void request() {
		this.calls.call(RedisRequest.of("DEL", this.key)).whenComplete((count, failure) -> {
			if (failure == null) {
				this.removed.complete(null);
			}
			else {
				requestLater(failure);
			}
		});
	}

	private void requestLater(Throwable failure) {
		long due = this.time.nanoTime() + RETRY.toNanos();
		if (due - this.end >= 0) {
			this.removed.completeExceptionally(failure);
			return;
		}
		this.time.schedule(() -> {
			if (this.time.nanoTime() - due >= 0) {
				request();
			}
			else {
				// The server stops
				this.removed.completeExceptionally(failure);
			}
		}, RETRY);
	}

}
