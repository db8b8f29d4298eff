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

package io.nexios.ws.broker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.nexios.ws.broker.redis.connection.ErrorMeaning;
import io.nexios.ws.broker.redis.connection.LinkPreparation;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import org.jspecify.annotations.Nullable;

/**
 * Tries on a new connection what this node has to be permitted to do there, with keys of
 * its own. So a missing permission fails the connection, and has a reason. A Redis that
 * allows no writes at this moment passes.
 *
 * @author Nexios Team
 */
final class CommandsCheck implements LinkPreparation<RedisConnection> {

	// Groups of users have no control characters in their names
	private static final String GROUP = "\u0001check-commands";

	private static final long TTL = 10_000;

	private final RedisNames names;

	private final String node;

	CommandsCheck(RedisNames names, String node) {
		this.names = names;
		this.node = node;
	}

	@Override
	public CompletionStage<Void> prepare(RedisConnection connection) {
		CompletableFuture<?>[] answers = Stream.concat(plain(), scripts())
			.map((request) -> send(connection, request))
			.toArray(CompletableFuture[]::new);
		connection.flush();
		return CompletableFuture.allOf(answers);
	}

	private Stream<RedisRequest> plain() {
		String key = this.names.lock("check-" + this.node);
		String owned = this.names.owned("check-" + this.node);
		return Stream.of(RedisRequest.of("SET", key, 1, "PX", TTL, "GET"), RedisRequest.of("GET", key),
				RedisRequest.of("EXISTS", key), RedisRequest.of("PEXPIRE", key, TTL), RedisRequest.of("GETDEL", key),
				RedisRequest.of("DEL", key), RedisRequest.of("SADD", owned, GROUP), RedisRequest.of("SMEMBERS", owned),
				RedisRequest.of("SRANDMEMBER", owned, 1), RedisRequest.of("SREM", owned, GROUP),
				RedisRequest.of("SCAN", 0, "MATCH", this.names.streams(), "COUNT", 1));
	}

	private Stream<RedisRequest> scripts() {
		GroupKeys keys = this.names.group(GROUP);
		List<String> group = List.of(keys.meta(), keys.stream(), keys.interest());
		List<String> presence = List.of(keys.interest(), keys.presence());
		return Stream.of(RedisRequest.script(RedisScript.ASK, group, this.node, 0, TTL, new byte[Long.BYTES]),
				RedisRequest.script(RedisScript.READ, List.of(keys.meta(), keys.stream()), 1, 1, TTL, ""),
				RedisRequest.script(RedisScript.CLEAR, List.of(keys.stream())),
				RedisRequest.script(RedisScript.PRESENT, presence, this.node, 0, 1, 0),
				RedisRequest.script(RedisScript.PRESENCE, presence, 1),
				RedisRequest.of("HDEL", keys.interest(), this.node));
	}

	private static CompletableFuture<?> send(RedisConnection connection, RedisRequest request) {
		return connection.send(request)
			.<@Nullable Object>handle((answer, failure) -> check(request, answer, failure))
			.toCompletableFuture();
	}

	private static @Nullable Object check(RedisRequest request, @Nullable Object answer, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof RedisErrorException error) {
			if (ErrorMeaning.of(error) == ErrorMeaning.WRITES) {
				return null;
			}
			throw new RedisErrorException(error.getMessage() + " (check of " + request.command() + ")");
		}
		if (cause != null) {
			throw new CompletionException(cause);
		}
		return answer;
	}

}
