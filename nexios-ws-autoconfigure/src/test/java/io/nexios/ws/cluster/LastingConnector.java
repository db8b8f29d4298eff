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

import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.lettuce.TestClient;

/**
 * Opens connections that last. Those of subscribers end as usual.
 *
 * @param client the client, with Lettuce's default options
 * @author Nexios Team
 */
record LastingConnector(TestClient client) implements RedisConnector {

	@Override
	public CompletionStage<RedisConnection> connect() {
		return CompletableFuture
			.supplyAsync(() -> new LastingConnection(this.client.lettuce().connect(AnyOutput.CODEC)));
	}

	@Override
	public CompletionStage<SubscriberConnection> connect(MessageListener listener) {
		return this.client.connector().connect(listener);
	}

}
