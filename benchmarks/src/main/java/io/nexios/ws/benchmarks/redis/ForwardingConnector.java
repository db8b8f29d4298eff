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

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections whose requests are sent in another way. Those of subscribers stay as
 * they are.
 *
 * @param delegate opens the connections
 * @param sending sends a request on a connection
 * @author Nexios Team
 */
record ForwardingConnector(RedisConnector delegate,
		BiFunction<RedisConnection, RedisRequest, CompletionStage<@Nullable Object>> sending)
		implements
			RedisConnector {

	@Override
	public CompletionStage<RedisConnection> connect() {
		return this.delegate.connect().thenApply(Forwarding::new);
	}

	@Override
	public CompletionStage<SubscriberConnection> connect(MessageListener listener) {
		return this.delegate.connect(listener);
	}

	/**
	 * Sends requests in the other way.
	 */
	private final class Forwarding implements RedisConnection {

		private final RedisConnection connection;

		Forwarding(RedisConnection connection) {
			this.connection = connection;
		}

		@Override
		public CompletionStage<@Nullable Object> send(RedisRequest request) {
			return ForwardingConnector.this.sending.apply(this.connection, request);
		}

		@Override
		public void flush() {
			this.connection.flush();
		}

		@Override
		public void giveUp(String reason) {
			this.connection.giveUp(reason);
		}

		@Override
		public CompletionStage<String> ended() {
			return this.connection.ended();
		}

	}

}
