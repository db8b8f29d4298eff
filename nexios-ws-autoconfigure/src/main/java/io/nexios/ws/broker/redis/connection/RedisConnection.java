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

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * One connection to the primary. It never reconnects. It ends when the network ends it,
 * when it is given up, or when a request has no answer for 2 seconds. From then on its
 * answers and messages are ignored: a request that had no answer fails with a
 * {@link ConnectionLostException}, whether Redis has executed it or not.
 * <p>
 * No method waits. All methods may be called by any thread.
 *
 * @author Nexios Team
 */
public interface RedisConnection {

	/**
	 * Queue a request. It is written with the next {@link #flush()}. Redis executes the
	 * requests in the order of the calls.
	 * @param request the request
	 * @return a stage that completes with the answer: a {@code Long}, a {@code byte[]}, a
	 * {@code List} of answers, or {@code null}. A status such as OK is a {@code byte[]}.
	 * The stage fails with a {@link RedisErrorException} if Redis has answered with an
	 * error, and with a {@link ConnectionLostException} if the connection has ended. It
	 * completes on the thread that reads from Redis, or on the one that ends the
	 * connection, so what depends on it must not block
	 */
	CompletionStage<@Nullable Object> send(RedisRequest request);

	/**
	 * Write all requests that are queued.
	 */
	void flush();

	/**
	 * End this connection. Further calls have no effect. If an answer or a message is
	 * being delivered, the end follows it.
	 * @param reason why, for the log
	 */
	void giveUp(String reason);

	/**
	 * Return a stage that tells the end.
	 * @return a stage that completes with the reason when the connection has ended. All
	 * requests without an answer have failed before
	 */
	CompletionStage<String> ended();

}
