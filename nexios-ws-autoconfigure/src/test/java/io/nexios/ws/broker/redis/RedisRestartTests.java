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

import java.util.UUID;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} with a Redis that stops and comes back.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisRestartTests {

	private final String group = "group-" + UUID.randomUUID();

	@Test
	void killedRedisThatComesBackWithItsDataLosesNothing() {
		try (RedisServer redis = RedisServer.configure().durable().start();
				TestNode sender = TestNode.start(redis.port());
				TestNode receiver = TestNode.start(redis.port())) {
			receiver.subscribe(this.group);
			NumberedPublisher publisher = NumberedPublisher.start(sender.broker(), this.group);
			publisher.awaitAccepted(50);
			redis.kill();
			publisher.awaitFailure();
			redis.startAgain();
			publisher.awaitAccepted(50);
			publisher.close();
			receiver.delivered(this.group).expectAllOf(publisher);
			receiver.delivered(this.group).expectNoSilentGap();
			assertThat(receiver.delivered(this.group).losses()).isEmpty();
		}
	}

	@Test
	void redisThatComesBackEmptyIsAnotherEpoch() {
		try (RedisServer redis = RedisServer.start();
				TestNode sender = TestNode.start(redis.port());
				TestNode receiver = TestNode.start(redis.port())) {
			receiver.subscribe(this.group);
			NumberedPublisher publisher = NumberedPublisher.start(sender.broker(), this.group);
			publisher.awaitAccepted(20);
			redis.kill();
			publisher.awaitFailure();
			redis.startEmpty();
			publisher.awaitAccepted(20);
			receiver.delivered(this.group).awaitMore(20);
			publisher.close();
			receiver.delivered(this.group).expectNoSilentGap();
			assertThat(receiver.delivered(this.group).losses()).extracting(Loss::reason).containsOnly(Reason.EPOCH);
		}
	}

	@Test
	void redisThatComesBackWithOlderDataIsAFork() {
		try (RedisServer redis = RedisServer.start();
				TestNode sender = TestNode.start(redis.port());
				TestNode receiver = TestNode.start(redis.port())) {
			receiver.subscribe(this.group);
			sender.publishAll(this.group, 0, 10);
			receiver.delivered(this.group).awaitNumber(9);
			byte[] snapshot = redis.snapshot();
			sender.publishAll(this.group, 10, 20);
			receiver.delivered(this.group).awaitNumber(19);
			redis.kill();
			redis.startFrom(snapshot);
			// What is accepted before the fork is found is covered by the loss
			receiver.delivered(this.group).awaitLosses(1);
			sender.awaitState(BrokerState.Level.UP);
			sender.publishAll(this.group, 20, 22);
			receiver.delivered(this.group).awaitNumber(21);
			assertThat(receiver.delivered(this.group).losses()).extracting(Loss::reason).containsExactly(Reason.FORK);
		}
	}

	@Test
	void applicationStartsWithoutRedisAndIsWholeWhenItComes() {
		RedisServer redis = RedisServer.start();
		redis.kill();
		try (redis; TestNode node = TestNode.start(redis.port())) {
			node.awaitState(BrokerState.Level.DOWN);
			redis.startAgain();
			node.awaitState(BrokerState.Level.UP);
			node.subscribe(this.group);
			node.publishAll(this.group, 0, 3);
			node.delivered(this.group).awaitNumber(2);
		}
	}

	@Test
	void historyOverrunWhileTheSubscriberIsAwayIsReportedOnce() {
		try (RedisServer redis = RedisServer.start();
				TestNode sender = TestNode.start(redis.port());
				ProxiedNode receiver = ProxiedNode.start(redis.port())) {
			receiver.node().subscribe(this.group);
			sender.publishAll(this.group, 0, 5);
			receiver.node().delivered(this.group).awaitNumber(4);
			receiver.proxy().refuse();
			receiver.proxy().cut();
			receiver.node().awaitState(BrokerState.Level.DOWN);
			sender.publishAll(this.group, 5, 5 + 3 * TestNode.MAX_MESSAGES);
			receiver.proxy().accept();
			int last = 5 + 3 * TestNode.MAX_MESSAGES - 1;
			receiver.node().delivered(this.group).awaitNumber(last);
			receiver.node().delivered(this.group).expectNoSilentGap();
			assertThat(receiver.node().delivered(this.group).losses()).extracting(Loss::reason)
				.containsExactly(Reason.RETENTION);
		}
	}

}
