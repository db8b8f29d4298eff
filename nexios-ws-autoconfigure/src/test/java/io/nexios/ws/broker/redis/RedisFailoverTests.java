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
import java.util.UUID;

import io.lettuce.core.RedisURI;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.testsupport.redis.RedisSentinel;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} with a Sentinel that replaces the primary.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisFailoverTests {

	private static final int FIRST = 1_000_000;

	private final String group = "group-" + UUID.randomUUID();

	private RedisServer primary;

	private RedisServer replica;

	private RedisSentinel sentinel;

	@BeforeEach
	void startRedis() {
		this.primary = RedisServer.start();
		this.replica = RedisServer.configure().following(this.primary).start();
		this.sentinel = RedisSentinel.start(this.primary, Duration.ofSeconds(1), 1);
	}

	@AfterEach
	void stopRedis() {
		this.sentinel.close();
		this.replica.close();
		this.primary.close();
	}

	private RedisURI uri() {
		return RedisURI.builder()
			.withSentinel("127.0.0.1", this.sentinel.port())
			.withSentinelMasterId(RedisSentinel.NAME)
			.build();
	}

	@Test
	void subscriberOfAPrimaryThatHangsMovesToTheNewOne() {
		try (TestNode sender = TestNode.start(uri()); TestNode receiver = TestNode.start(uri())) {
			receiver.subscribe(this.group);
			sender.publishAll(this.group, FIRST, FIRST + 10);
			this.replica.awaitInStepWith(this.primary);
			// The history has all messages of the time in which nothing arrives
			NumberedPublisher publisher = NumberedPublisher.start(sender.broker(), this.group, Duration.ofMillis(20));
			publisher.awaitAccepted(50);
			this.primary.suspend();
			publisher.awaitFailure();
			this.sentinel.awaitPrimary(this.replica);
			publisher.awaitAccepted(50);
			receiver.delivered(this.group).awaitMore(50);
			this.primary.resume();
			publisher.awaitAccepted(50);
			publisher.close();
			receiver.delivered(this.group).expectLastOf(publisher);
			receiver.delivered(this.group).expectNoSilentGap();
			assertThat(receiver.delivered(this.group).losses()).extracting(Loss::reason)
				.allMatch((reason) -> reason == Reason.FORK);
		}
	}

	@Test
	void nodesFollowAGracefulChangeOfThePrimary() {
		try (TestNode sender = TestNode.start(uri()); TestNode receiver = TestNode.start(uri())) {
			receiver.subscribe(this.group);
			NumberedPublisher publisher = NumberedPublisher.start(sender.broker(), this.group);
			publisher.awaitAccepted(50);
			this.sentinel.failover();
			this.sentinel.awaitPrimary(this.replica);
			publisher.awaitAccepted(50);
			receiver.awaitState(BrokerState.Level.UP);
			publisher.close();
			receiver.delivered(this.group).expectLastOf(publisher);
			receiver.delivered(this.group).expectNoSilentGap();
		}
	}

}
