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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;

/**
 * Numbers, saves and publishes messages with one command each.
 *
 * @param connection the connection of the publisher
 * @param subscribers those who receive the messages
 * @author Nexios Team
 */
record RawPublisher(RedisConnection connection, List<SubscriberConnection> subscribers) implements AutoCloseable {

	private static final String META = "raw:{1}:meta";

	private static final String STREAM = "raw:{1}:stream";

	private static final String CHANNEL = "raw:{1}:channel";

	static RawPublisher connect(Engines engines, int subscribers) {
		List<SubscriberConnection> connections = new ArrayList<>();
		for (int i = 0; i < subscribers; i++) {
			SubscriberConnection subscriber = Engines.await(engines.connector().connect((channel, message) -> {
			}));
			connections.add(subscriber);
			Engines.await(subscriber.subscribe(List.of(CHANNEL)));
		}
		return new RawPublisher(Engines.await(engines.connector().connect()), connections);
	}

	/**
	 * Publish a message.
	 * @return a stage that completes with the answer to the last command
	 */
	CompletionStage<?> publish() {
		this.connection.send(RedisRequest.of("HINCRBY", META, "n", 1));
		this.connection
			.send(RedisRequest.of("XADD", STREAM, "MAXLEN", Engines.LIMITS.maxMessages(), "*", "d", Publications.TEXT));
		CompletionStage<?> published = this.connection.send(RedisRequest.of("PUBLISH", CHANNEL, Publications.TEXT));
		this.connection.flush();
		return published;
	}

	@Override
	public void close() {
		this.connection.giveUp("The measurement is over");
		this.subscribers.forEach((subscriber) -> subscriber.giveUp("The measurement is over"));
	}

}
