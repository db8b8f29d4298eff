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

package io.nexios.ws.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import org.jspecify.annotations.Nullable;

/**
 * A connection that lasts, as Lettuce makes it by default: when the network ends it,
 * Lettuce opens another one and sends the unanswered requests again. The engine is not
 * told.
 *
 * @param connection the connection
 * @param end completes when the engine has given up the connection
 * @author Nexios Team
 */
record LastingConnection(StatefulRedisConnection<String, byte[]> connection,
		CompletableFuture<String> end) implements RedisConnection {

	LastingConnection(StatefulRedisConnection<String, byte[]> connection) {
		this(connection, new CompletableFuture<>());
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		CommandArgs<String, byte[]> arguments = new CommandArgs<>(AnyOutput.CODEC);
		request.arguments().forEach(arguments::add);
		AnyOutput output = new AnyOutput();
		CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
		this.connection.async()
			.dispatch(CommandType.valueOf(request.command()), output, arguments)
			.whenComplete((list, failure) -> complete(answer, output, failure));
		return answer;
	}

	private static void complete(CompletableFuture<@Nullable Object> answer, AnyOutput output,
			@Nullable Throwable failure) {
		if (failure == null) {
			answer.complete(output.answer());
		}
		else if (failure instanceof RedisCommandExecutionException) {
			answer.completeExceptionally(new RedisErrorException(String.valueOf(failure.getMessage())));
		}
		else {
			answer.completeExceptionally(new ConnectionLostException(String.valueOf(failure.getMessage())));
		}
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
