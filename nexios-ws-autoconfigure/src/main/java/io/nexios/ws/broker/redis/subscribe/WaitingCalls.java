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

package io.nexios.ws.broker.redis.subscribe;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.GroupsUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of one group that waits for Redis, and the calls that wait behind it.
 * Used by one lane.
 *
 * @author Nexios Team
 */
final class WaitingCalls {

	private static final int MAX_CALLS = 10_000;

	private final Queue<SubscriptionCall> calls = new ArrayDeque<>(1);

	private @Nullable CompletableFuture<Position> subscription;

	/**
	 * Add a call. It fails if there are too many.
	 * @param call the call
	 */
	void add(SubscriptionCall call) {
		if (this.calls.size() >= MAX_CALLS) {
			call.fail(new GroupsUnavailableException("Too many calls wait for a group", null));
		}
		else {
			this.calls.add(call);
		}
	}

	@Nullable SubscriptionCall poll() {
		return this.calls.poll();
	}

	/**
	 * Let a subscription wait for Redis.
	 * @param subscription the stage of the call
	 */
	void await(CompletableFuture<Position> subscription) {
		this.subscription = subscription;
	}

	/**
	 * Take the subscription that waits for Redis.
	 * @return the stage of the call. Without one, a stage that nobody sees
	 */
	CompletableFuture<Position> take() {
		CompletableFuture<Position> taken = this.subscription;
		this.subscription = null;
		return (taken != null) ? taken : new CompletableFuture<>();
	}

	/**
	 * Let all calls fail.
	 */
	void fail() {
		take().completeExceptionally(Unavailable.notConnected());
		this.calls.forEach((call) -> call.fail(Unavailable.notConnected()));
		this.calls.clear();
	}

}
