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
import io.nexios.ws.broker.Position;
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
		this.node = TestNode.start(redis.port());
		this.node.subscribe("first");
	}

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@Test
	void manyGroupsCanBeSubscribedToAtOnce() {
		long begin = System.nanoTime();
		List<CompletableFuture<Position>> subscriptions = subscribeToAll();
		CompletableFuture.allOf(subscriptions.toArray(CompletableFuture[]::new)).orTimeout(30, TimeUnit.SECONDS).join();
		print("Subscriptions", begin);
		assertThat(this.node.states()).doesNotHaveAnyElementsOfTypes(Void.class)
			.allMatch((state) -> state.equals(BrokerState.UP));
		awaitInterest();
	}

	@Test
	void allGroupsAreCheckedOnANewConnection() {
		CompletableFuture.allOf(subscribeToAll().toArray(CompletableFuture[]::new))
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		deleteInterest();
		long begin = System.nanoTime();
		redis.call("CLIENT", "KILL", "TYPE", "pubsub");
		awaitInterest();
		print("Reconnect", begin);
	}

	private List<CompletableFuture<Position>> subscribeToAll() {
		return IntStream.range(0, GROUPS)
			.mapToObj((i) -> this.node.broker().subscribe("group-" + i).toCompletableFuture())
			.toList();
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
