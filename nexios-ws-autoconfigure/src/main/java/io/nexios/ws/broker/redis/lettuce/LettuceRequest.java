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

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to Redis and back.
 *
 * @author Nexios Team
 */
final class LettuceRequest extends Command<String, byte[], @Nullable Object> {

	private final LettuceConnection connection;

	private final PendingAnswer<@Nullable Object> answer;

	LettuceRequest(RedisRequest request, PendingAnswer<@Nullable Object> answer, LettuceConnection connection) {
		super(new LettuceKeyword(request.command()), new AnswerOutput(), arguments(request));
		this.answer = answer;
		this.connection = connection;
	}

	private static CommandArgs<String, byte[]> arguments(RedisRequest request) {
		CommandArgs<String, byte[]> arguments = new CommandArgs<>(AnswerOutput.CODEC);
		request.arguments().forEach(arguments::add);
		return arguments;
	}

	@Override
	public void complete() {
		super.complete();
		String error = getOutput().getError();
		if (error != null) {
			this.connection.fail(this.answer, new RedisErrorException(error));
		}
		else {
			this.connection.complete(this.answer, getOutput().get());
		}
	}

	// Everything else is a failure of the connection

	@Override
	public boolean completeExceptionally(Throwable failure) {
		super.completeExceptionally(failure);
		this.connection.giveUp("The connection has ended: " + failure.getMessage());
		return true;
	}

	@Override
	public void cancel() {
		super.cancel();
		this.connection.giveUp("The connection has ended");
	}

}
