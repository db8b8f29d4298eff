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

package io.nexios.ws.broker.redis.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

import io.nexios.ws.broker.redis.connection.ErrorMeaning;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import org.jspecify.annotations.Nullable;

/**
 * Makes all requests of a publisher once, for a group of its own. So a missing permission
 * fails a new connection, and not half a publication. A Redis that allows no writes at
 * this moment passes: unsaved messages work there.
 *
 * @author Nexios Team
 */
final class PublishCheck implements Function<RedisConnection, CompletionStage<Void>> {

	// Groups of users have no control characters in their names
	static final String GROUP = "\u0001check";

	private static final long TTL = Duration.ofSeconds(10).toMillis();

	private static final Saving SAVING = new Saving(1, TTL, TTL);

	private final AtomicLong sequence = new AtomicLong();

	private final PublishRequests requests;

	private final GroupKeys keys;

	PublishCheck(RedisNames names, PublishRequests requests) {
		this.requests = requests;
		this.keys = names.group(GROUP);
	}

	@Override
	public CompletionStage<Void> apply(RedisConnection connection) {
		long number = this.sequence.incrementAndGet();
		CompletableFuture<?>[] answers = Stream
			.of(this.requests.enter(GROUP), this.requests.save(this.keys, new byte[0], SAVING, number, 0),
					this.requests.publish(this.keys, new byte[0]), this.requests.interest(this.keys),
					this.requests.forgetSequence(this.keys), this.requests.leave(GROUP))
			.map((request) -> send(connection, request))
			.toArray(CompletableFuture[]::new);
		connection.flush();
		return CompletableFuture.allOf(answers);
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
