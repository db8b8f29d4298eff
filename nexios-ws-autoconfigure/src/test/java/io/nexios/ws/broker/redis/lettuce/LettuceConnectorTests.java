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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.RedisSentinel;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LettuceConnector}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class LettuceConnectorTests {

	private static final String THREAD = "nexios-ws-redis-connect";

	private final ManualTimeSource time = new ManualTimeSource();

	@Test
	void refusedConnectionFailsWithTheReason() {
		try (RedisServer server = RedisServer.start(); TestClient client = TestClient.of(server.port(), this.time)) {
			server.kill();
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(client::connect)
				.withMessageContaining("127.0.0.1")
				.withMessageContaining("Connection refused");
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> client.connect((channel, message) -> {
				}))
				.withMessageContaining("Connection refused");
			server.startAgain();
			client.connect().giveUp("end of the test");
		}
	}

	@Test
	void refusedCredentialsAreTheReason() {
		try (RedisServer server = RedisServer.configure().withUser("node", "on >secret ~* &* +@all").start()) {
			RedisURI uri = RedisURI.create("127.0.0.1", server.port());
			uri.setCredentialsProvider(new StaticCredentialsProvider("node", "wrong".toCharArray()));
			try (TestClient client = TestClient.of(uri, this.time)) {
				assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(client::connect)
					.withMessageContaining("WRONGPASS");
			}
		}
	}

	@Test
	void serverThatDoesNotAnswerFailsInBoundedTime() {
		try (RedisServer server = RedisServer.start(); TestClient client = TestClient.of(server.port(), this.time)) {
			server.suspend();
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(client::connect);
			server.resume();
			Awaitility.await().until(() -> server.clients("nexios-ws").isEmpty());
		}
	}

	@Test
	void attemptsThatDoNotEndAreLimited() {
		try (RedisServer server = RedisServer.start(); TestClient client = TestClient.of(server.port(), this.time)) {
			server.suspend();
			List<CompletionStage<RedisConnection>> attempts = new ArrayList<>();
			for (int i = 0; i < 17; i++) {
				attempts.add(client.connector().connect());
			}
			assertThat(attempts.get(16).toCompletableFuture()).isCompletedExceptionally();
			server.resume();
			for (CompletionStage<RedisConnection> attempt : attempts) {
				attempt.thenAccept((connection) -> connection.giveUp("end of the test"));
			}
			Awaitility.await().until(LettuceConnectorTests::noThreadConnects);
			client.connect().giveUp("end of the test");
		}
	}

	@Test
	void eachConnectionIsToThePrimaryOfTheMoment() {
		try (RedisServer first = RedisServer.start();
				RedisServer second = RedisServer.configure().following(first).start();
				RedisSentinel sentinel = RedisSentinel.start(first, Duration.ofSeconds(2), 1);
				TestClient client = TestClient.of(
						RedisURI.Builder.sentinel("127.0.0.1", sentinel.port(), RedisSentinel.NAME).build(),
						this.time)) {
			RedisConnection before = client.connect();
			TestClient.await(TestClient.send(before, "SET", "key", "first"));
			second.awaitInStepWith(first);
			sentinel.failover();
			assertThat(TestClient.await(before.ended())).isNotEmpty();
			sentinel.awaitPrimary(second);
			RedisConnection after = client.connect();
			TestClient.await(TestClient.send(after, "SET", "key", "second"));
			assertThat(second.call("GET", "key")).isEqualTo("second");
			after.giveUp("end of the test");
		}
	}

	@Test
	void manyConnectionsLeaveNothing() {
		try (RedisServer server = RedisServer.start(); TestClient client = TestClient.of(server.port(), this.time)) {
			for (int i = 0; i < 500; i++) {
				RedisConnection connection = client.connect();
				TestClient.await(TestClient.send(connection, "PING"));
				SubscriberConnection subscriber = client.connect((channel, message) -> {
				});
				TestClient.await(subscriber.subscribe(List.of("channel")));
				connection.giveUp("test");
				subscriber.giveUp("test");
			}
			Awaitility.await().until(() -> server.clients("nexios-ws").isEmpty());
			Awaitility.await().until(LettuceConnectorTests::noThreadConnects);
			assertThat(client.lettuce()).extracting("closeableResources")
				.asInstanceOf(InstanceOfAssertFactories.COLLECTION)
				.isEmpty();
			assertThat(this.time.waiting()).isZero();
		}
	}

	private static boolean noThreadConnects() {
		return Thread.getAllStackTraces().keySet().stream().noneMatch((thread) -> thread.getName().equals(THREAD));
	}

}
