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

package io.nexios.ws.broker.redis.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A connection that answers INFO as it is told to, and anything else with OK.
 *
 * @author Nexios Team
 */
final class FakeConnection implements RedisConnection {

	final List<String> requests = new ArrayList<>();

	/** The errors with which requests are answered, by command. */
	final Map<String, Deque<String>> errors = new HashMap<>();

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	private final String info;

	FakeConnection() {
		this("redis_version:7.0.15\r\nrole:master\r\n");
	}

	FakeConnection(String info) {
		this.info = info;
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		this.requests.add(request.command());
		String error = this.errors.getOrDefault(request.command(), new ArrayDeque<>()).poll();
		if (error != null) {
			return CompletableFuture.failedStage(new RedisErrorException(error));
		}
		String answer = request.command().equals("INFO") ? this.info : "OK";
		return CompletableFuture.completedStage(answer.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void flush() {
	}

	@Override
	public void giveUp(String reason) {
		this.ended.complete(reason);
	}

	@Override
	public CompletableFuture<String> ended() {
		return this.ended;
	}

}
