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

package io.nexios.ws.broker.redis.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.testsupport.redis.RespClient;
import io.nexios.ws.testsupport.redis.RespException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a Redis, each of which waits for its answer.
 *
 * @author Nexios Team
 */
final class RespCalls implements RedisCalls {

	private final RespClient client;

	private final List<RedisRequest> requests = new ArrayList<>();

	RespCalls(RespClient client) {
		this.client = client;
		for (RedisScript script : RedisScript.values()) {
			client.call("SCRIPT", "LOAD", RespClient.utf8(script.text()));
		}
	}

	List<RedisRequest> requests() {
		return this.requests;
	}

	@Override
	public CompletionStage<@Nullable Object> call(RedisRequest request) {
		this.requests.add(request);
		List<Object> command = new ArrayList<>();
		command.add(request.command());
		command.addAll(request.arguments());
		try {
			return CompletableFuture.completedStage(converted(this.client.call(command.toArray())));
		}
		catch (RespException ex) {
			return CompletableFuture.failedStage(new RedisErrorException(String.valueOf(ex.getMessage())));
		}
	}

	private static @Nullable Object converted(@Nullable Object answer) {
		if (answer instanceof List<?> list) {
			List<@Nullable Object> all = new ArrayList<>(list.size());
			list.forEach((element) -> all.add(converted(element)));
			return all;
		}
		return (answer instanceof String text) ? text.getBytes(StandardCharsets.ISO_8859_1) : answer;
	}

}
