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

import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisClient;
import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.spi.TimeSource;

/**
 * Opens connections with Lettuce. The client has the {@link LettuceOptions}. With
 * Sentinel, Lettuce asks a Sentinel for the primary each time. Lettuce can open a
 * connection without waiting only for somebody who knows the address. The client knows
 * it, and does not tell. So a thread waits for each connection that is being opened.
 *
 * @author Nexios Team
 */
public final class LettuceConnector implements RedisConnector {

	private final Openings openings = new Openings();

	private final RedisClient client;

	private final TimeSource time;

	/**
	 * Create a connector.
	 * @param client the client. It remains that of the caller
	 * @param time the time
	 */
	public LettuceConnector(RedisClient client, TimeSource time) {
		this.client = client;
		this.time = time;
	}

	@Override
	public CompletionStage<RedisConnection> connect() {
		return this.openings.open(() -> LettuceConnection.of(this.client.connect(AnswerOutput.CODEC), this.time));
	}

	@Override
	public CompletionStage<SubscriberConnection> connect(MessageListener listener) {
		return this.openings
			.open(() -> LettuceSubscriber.of(this.client.connectPubSub(AnswerOutput.CODEC), listener, this.time));
	}

}
