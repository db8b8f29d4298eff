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

package io.nexios.ws.benchmarks.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which Lettuce writes each request as soon as it is sent. This is what
 * Lettuce does by default.
 *
 * @param connection the connection
 * @param end completes when the connection was given up
 * @author Nexios Team
 */
record UnbatchedConnection(StatefulRedisConnection<String, byte[]> connection,
		CompletableFuture<String> end) implements RedisConnection {

	UnbatchedConnection(StatefulRedisConnection<String, byte[]> connection) {
		this(connection, new CompletableFuture<>());
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		CommandArgs<String, byte[]> arguments = new CommandArgs<>(AnyOutput.CODEC);
		request.arguments().forEach(arguments::add);
		AnyOutput output = new AnyOutput();
		return this.connection.async()
			.dispatch(CommandType.valueOf(request.command()), output, arguments)
			.thenApply((list) -> output.answer());
	}

	@Override
	public void flush() {
	}

	@Override
	public void giveUp(String reason) {
		this.connection.closeAsync().whenComplete((none, failure) -> this.end.complete(reason));
	}

	@Override
	public CompletionStage<String> ended() {
		return this.end;
	}

}
