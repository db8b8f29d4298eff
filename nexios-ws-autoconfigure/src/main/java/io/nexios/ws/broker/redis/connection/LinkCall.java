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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Makes one request. If Redis has lost the scripts, they are loaded, and the request is
 * sent once more: it was not executed. If the answer says that the connection is of no
 * use any more, the connection is given up.
 *
 * @author Nexios Team
 */
final class LinkCall {

	private final RedisConnection connection;

	private final RedisRequest request;

	private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

	LinkCall(RedisConnection connection, RedisRequest request) {
		this.connection = connection;
		this.request = request;
	}

	CompletionStage<@Nullable Object> make() {
		send().whenComplete((answer, failure) -> {
			RedisErrorException error = RedisErrorException.in(failure);
			if (error != null && ErrorMeaning.of(error) == ErrorMeaning.SCRIPTS) {
				ServerPreparation.loadScripts(this.connection)
					.thenCompose((none) -> send())
					.whenComplete(this::complete);
			}
			else {
				complete(answer, failure);
			}
		});
		return this.result;
	}

	private CompletionStage<@Nullable Object> send() {
		CompletionStage<@Nullable Object> answer = this.connection.send(this.request);
		this.connection.flush();
		return answer;
	}

	private void complete(@Nullable Object answer, @Nullable Throwable failure) {
		RedisErrorException error = RedisErrorException.in(failure);
		if (error != null && ErrorMeaning.of(error) == ErrorMeaning.CONNECTION) {
			this.connection.giveUp("Redis has answered " + error.code());
		}
		if (failure != null) {
			this.result.completeExceptionally((error != null) ? error : failure);
		}
		else {
			this.result.complete(answer);
		}
	}

}
