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

package io.nexios.ws.autoconfigure.redis;

import java.util.List;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnRedisClient}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class OwnRedisClientTests {

	@Test
	void connectionsEndWithTheClient() {
		try (RedisServer server = RedisServer.start()) {
			OwnRedisClient client = new OwnRedisClient(new LettuceConnectionFactory("127.0.0.1", server.port()));
			assertThat(server.clients("")).isEmpty();
			RedisConnection connection = client.connector(new ManualTimeSource())
				.connect()
				.toCompletableFuture()
				.join();
			connection.send(RedisRequest.of("SET", "key", "value"));
			connection.flush();
			Awaitility.await().until(() -> "value".equals(server.call("GET", "key")));
			assertThat(server.clients(OwnClientConfiguration.CLIENT_NAME)).hasSize(1);
			client.destroy();
			Awaitility.await().until(() -> server.clients(OwnClientConfiguration.CLIENT_NAME), List::isEmpty);
		}
	}

}
