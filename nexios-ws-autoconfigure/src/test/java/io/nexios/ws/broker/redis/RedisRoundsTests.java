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

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts and stops a node again and again. The number of rounds is
 * {@code -Dnexios.redis.rounds}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisRoundsTests {

	private static final int ROUNDS = Integer.getInteger("nexios.redis.rounds", 200);

	private static final String GROUP = "group";

	// To this group a node publishes to find out whether it may. Its keys expire soon
	private static final String CHECK = "\u0001check";

	private static final RedisNames NAMES = new RedisNames("nx");

	@Test
	@Timeout(1200)
	void nothingIsLeftByNodesThatStop() {
		try (RedisServer redis = RedisServer.start(); RespClient client = redis.connect()) {
			int port = client.localPort();
			round(redis, 0);
			awaitNobodyBut(redis, port);
			Set<Thread> before = Thread.getAllStackTraces().keySet();
			for (int number = 1; number < ROUNDS; number++) {
				round(redis, number);
			}
			awaitNobodyBut(redis, port);
			assertThat(client.list("PUBSUB", "CHANNELS")).isEmpty();
			assertThat(client.list("KEYS", "*")).extracting(String::valueOf)
				.filteredOn((key) -> !key.endsWith(CHECK))
				.containsOnly(NAMES.group(GROUP).meta(), NAMES.group(GROUP).stream());
			assertThat(client.map("HGETALL", NAMES.group(GROUP).meta())).containsOnlyKeys("e", "n", "f");
			assertThat(client.list("KEYS", "*" + CHECK)).extracting(String::valueOf)
				.allMatch((key) -> client.number("PTTL", key) <= 10_000 && client.number("PTTL", key) != -1);
			Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
				Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
				left.removeAll(before);
				assertThat(left).extracting(Thread::getName).noneMatch((name) -> isOfANode(name));
			});
		}
	}

	private static void round(RedisServer redis, int number) {
		try (TestNode node = TestNode.start(redis.port())) {
			node.subscribe(GROUP);
			node.publishAll(GROUP, number, number + 1);
		}
	}

	private static boolean isOfANode(String name) {
		return name.startsWith("nexios") || name.contains("lettuce") || name.contains("Executor");
	}

	private static void awaitNobodyBut(RedisServer redis, int port) {
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> redis.clients("")
				.stream()
				.allMatch((client) -> client.getOrDefault("addr", "").endsWith(":" + port)));
	}

}
