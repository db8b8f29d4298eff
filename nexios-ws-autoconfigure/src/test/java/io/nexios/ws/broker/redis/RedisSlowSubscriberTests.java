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
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.ProxiedConnection;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} when Redis drops a subscriber that reads too slowly.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisSlowSubscriberTests {

	private static final String GROUP = "group";

	private static final int SIZE = 100_000;

	@Test
	void subscriberThatRedisDropsGetsEverythingInOrderAndOthersNoticeNothing() {
		try (RedisServer redis = RedisServer.configure().with("client-output-buffer-limit", "pubsub 1mb 0 0").start();
				TestNode sender = TestNode.start(redis.port());
				TestNode other = TestNode.start(redis.port());
				ProxiedNode slow = ProxiedNode.start(redis.port(), Duration.ofMinutes(1))) {
			other.subscribe(GROUP);
			slow.node().subscribe(GROUP);
			sender.publishAll(GROUP, 0, 5);
			slow.node().delivered(GROUP).awaitNumber(4);
			ProxiedConnection subscriber = slow.subscriber(redis);
			int port = subscriber.serverSidePort();
			subscriber.hold(Direction.TO_CLIENT);
			int end = 5;
			while (isConnected(redis, port)) {
				assertThat(end).as("messages before Redis drops the subscriber").isLessThan(TestNode.MAX_MESSAGES);
				sender.publishAll(GROUP, end, end + 10, SIZE);
				end += 10;
			}
			sender.publishAll(GROUP, end, end + 5);
			List<BrokerState> before = List.copyOf(other.states());
			subscriber.release(Direction.TO_CLIENT);
			expectAll(slow.node().delivered(GROUP), end + 5);
			expectAll(other.delivered(GROUP), end + 5);
			assertThat(slow.node().states()).extracting(BrokerState::level).contains(BrokerState.Level.DOWN);
			assertThat(other.states()).isEqualTo(before);
			Awaitility.await().until(() -> slow.node().broker().state().equals(BrokerState.UP));
		}
	}

	private static boolean isConnected(RedisServer redis, int port) {
		return redis.clients("").stream().anyMatch((client) -> client.getOrDefault("addr", "").endsWith(":" + port));
	}

	private static void expectAll(DeliveredMessages delivered, int end) {
		delivered.awaitNumber(end - 1);
		assertThat(delivered.numbers()).isEqualTo(IntStream.range(0, end).boxed().toList());
		assertThat(delivered.losses()).isEmpty();
	}

}
