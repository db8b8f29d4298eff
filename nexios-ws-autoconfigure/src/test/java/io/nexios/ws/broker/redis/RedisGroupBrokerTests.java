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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.GroupBrokerContract;
import io.nexios.ws.server.group.DelegatingBroker;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * Tests for {@link RedisGroupBroker}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisGroupBrokerTests extends GroupBrokerContract {

	private static RedisServer redis;

	private final List<TestNode> nodes = new ArrayList<>();

	@BeforeAll
	static void startRedis() {
		redis = RedisServer.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@Override
	protected GroupBroker createBroker() {
		TestNode node = TestNode.create(redis.port(), TestNode.SETTINGS, MAX_MESSAGES);
		this.nodes.add(node);
		return new StartedBroker(node.broker());
	}

	@Override
	protected GroupBroker connect() {
		return createBroker();
	}

	@AfterEach
	void closeNodes() {
		this.nodes.forEach(TestNode::close);
	}

	/**
	 * A broker that is connected after its start.
	 */
	private static final class StartedBroker extends DelegatingBroker {

		StartedBroker(GroupBroker broker) {
			super(broker);
		}

		@Override
		public void start(Subscriber subscriber) {
			super.start(subscriber);
			Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> state().equals(BrokerState.UP));
		}

	}

}
