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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import org.jspecify.annotations.Nullable;

/**
 * A connection for requests. A request is executed, and later answered, when a test says
 * so.
 *
 * @author Nexios Team
 */
class FakeConnection implements RedisConnection {

	private final Deque<Pending> sent = new ArrayDeque<>();

	private final Deque<Pending> executed = new ArrayDeque<>();

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	private final FakeRedis redis;

	FakeConnection(FakeRedis redis) {
		this.redis = redis;
	}

	static FakeConnection ended(FakeRedis redis) {
		FakeConnection connection = new FakeConnection(redis);
		connection.giveUp("not open");
		return connection;
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		Pending pending = new Pending(request);
		if (this.ended.isDone()) {
			pending.answer.completeExceptionally(FakeRedis.lost());
		}
		else {
			this.sent.add(pending);
		}
		return pending.answer;
	}

	@Override
	public void flush() {
	}

	@Override
	public void giveUp(String reason) {
		if (!this.ended.isDone()) {
			// Before, so that what is sent meanwhile fails
			CompletableFuture<String> ended = this.ended;
			List<Pending> unanswered = new ArrayList<>(this.executed);
			unanswered.addAll(this.sent);
			this.executed.clear();
			this.sent.clear();
			ended.complete(reason);
			unanswered.forEach((pending) -> pending.answer.completeExceptionally(FakeRedis.lost()));
		}
	}

	/**
	 * Return what is the lock if several threads use this connection.
	 * @return the lock
	 */
	Object lock() {
		return this.redis;
	}

	@Override
	public CompletionStage<String> ended() {
		return this.ended;
	}

	boolean isEnded() {
		return this.ended.isDone();
	}

	int sent() {
		return this.sent.size();
	}

	/**
	 * Let Redis execute the next request.
	 * @return whether there was one
	 */
	boolean execute() {
		Pending pending = this.sent.poll();
		if (pending == null) {
			return false;
		}
		try {
			pending.result = this.redis.execute(pending.request);
		}
		catch (RedisErrorException ex) {
			pending.failure = ex;
		}
		this.executed.add(pending);
		return true;
	}

	/**
	 * Let the next answer arrive.
	 * @return whether there was one
	 */
	boolean answer() {
		Pending pending = this.executed.poll();
		if (pending == null) {
			return false;
		}
		if (pending.failure != null) {
			pending.answer.completeExceptionally(pending.failure);
		}
		else {
			pending.answer.complete(pending.result);
		}
		return true;
	}

	private static final class Pending {

		private final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();

		private final RedisRequest request;

		private @Nullable Object result;

		private @Nullable RedisErrorException failure;

		Pending(RedisRequest request) {
			this.request = request;
		}

	}

}
