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

package io.nexios.ws.broker.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} with many groups at once. Prints the times.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisManyGroupsTests {

	private static final int GROUPS = 10_000;

	private static final RedisSettings PATIENT = new RedisSettings("nx", Duration.ofSeconds(30), 16 * 1024 * 1024,
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

	private static RedisServer redis;

	private TestNode node;

	@BeforeAll
	static void startRedis() {
		redis = RedisServer.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@BeforeEach
	void startNode() {
		redis.call("FLUSHALL");
		this.node = TestNode.start(redis.port(), PATIENT);
		this.node.subscribe("first");
	}

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@Test
	void manyGroupsCanBeSubscribedToAtOnce() {
		List<BrokerState> before = List.copyOf(this.node.states());
		long begin = System.nanoTime();
		subscribeToAll();
		print("Subscriptions", begin);
		assertThat(this.node.states()).isEqualTo(before);
		awaitInterest();
	}

	@Test
	void allGroupsAreCheckedOnANewConnection() {
		subscribeToAll();
		deleteInterest();
		long begin = System.nanoTime();
		redis.call("CLIENT", "KILL", "TYPE", "pubsub");
		awaitInterest();
		print("Reconnect", begin);
	}

	private void subscribeToAll() {
		CompletableFuture<?>[] subscriptions = IntStream.range(0, GROUPS)
			.mapToObj((i) -> this.node.broker().subscribe("group-" + i).toCompletableFuture())
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(subscriptions).orTimeout(30, TimeUnit.SECONDS).join();
	}

	private void deleteInterest() {
		redis.call("EVAL", "for _, key in ipairs(redis.call('KEYS', 'nx:*:n:*')) do redis.call('DEL', key) end", 0);
	}

	private void awaitInterest() {
		String count = "return #redis.call('KEYS', 'nx:*:n:*')";
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> Long.valueOf(GROUPS + 1).equals(redis.call("EVAL", count, 0)));
	}

	private static void print(String what, long begin) {
		System.out.printf("%s of %d groups: %d ms%n", what, GROUPS, (System.nanoTime() - begin) / 1_000_000);
	}

}
