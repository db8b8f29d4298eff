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

import io.lettuce.core.RedisClient;
import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;

/**
 * Opens connections that write each request separately. Those of subscribers stay as they
 * are.
 *
 * @param delegate opens the connections of subscribers
 * @param client opens the others
 * @author Nexios Team
 */
record UnbatchedConnector(RedisConnector delegate, RedisClient client) implements RedisConnector {

	@Override
	public CompletionStage<RedisConnection> connect() {
		return CompletableFuture.supplyAsync(() -> new UnbatchedConnection(this.client.connect(AnyOutput.CODEC)));
	}

	@Override
	public CompletionStage<SubscriberConnection> connect(MessageListener listener) {
		return this.delegate.connect(listener);
	}

}
