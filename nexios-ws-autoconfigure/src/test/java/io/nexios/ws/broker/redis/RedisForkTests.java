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

import java.util.List;
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.testsupport.redis.RedisPair;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} with a replica that is behind and becomes the
 * primary, while the former primary goes on.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisForkTests {

	private static final int LAST = 99;

	private static final int LOST = 5;

	private RedisPair redis;

	private ProxiedNode losing;

	private ProxiedNode alsoLosing;

	private ProxiedNode winning;

	@BeforeEach
	void start() {
		this.redis = RedisPair.start();
		this.losing = ProxiedNode.start(this.redis.primary().port());
		this.alsoLosing = ProxiedNode.start(this.redis.primary().port());
		this.winning = ProxiedNode.start(this.redis.primary().port());
	}

	@AfterEach
	void stop() {
		List.of(this.losing, this.alsoLosing, this.winning).forEach(ProxiedNode::close);
		this.redis.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { LOST - 2, LOST, LOST + 3 })
	void onlyNodesOfTheLosingSideAreToldAndOnlyOfGroupsWhoseMessagesAreGone(int written) {
		for (ProxiedNode node : List.of(this.losing, this.alsoLosing, this.winning)) {
			node.node().subscribe("gone");
			node.node().subscribe("kept");
		}
		publishEverywhere(0, 10);
		this.redis.awaitInStep();
		disconnect(this.winning);
		this.redis.fallBehind();
		this.losing.node().publishAll("gone", 10, 12);
		this.redis.promote();
		connect(this.winning);
		this.winning.node().publishAll("gone", 20, 20 + written);
		this.winning.node().publishAll("kept", 20, 20 + written);
		this.losing.node().publishAll("gone", 12, 10 + LOST);
		this.losing.node().delivered("gone").awaitNumber(9 + LOST);
		this.alsoLosing.node().delivered("gone").awaitNumber(9 + LOST);
		disconnect(this.losing);
		disconnect(this.alsoLosing);
		connect(this.losing);
		connect(this.alsoLosing);
		publishEverywhere(LAST, LAST + 1);
		expectFork(this.losing.node(), written);
		expectFork(this.alsoLosing.node(), written);
		expectNoLoss(this.winning.node(), "gone", written);
	}

	private void publishEverywhere(int first, int end) {
		for (String group : List.of("gone", "kept")) {
			this.winning.node().publishAll(group, first, end);
			List.of(this.losing, this.alsoLosing, this.winning)
				.forEach((node) -> node.node().delivered(group).awaitNumber(end - 1));
		}
	}

	private static void disconnect(ProxiedNode node) {
		node.proxy().refuse();
		node.proxy().cut();
		node.node().awaitState(BrokerState.Level.DOWN);
	}

	private void connect(ProxiedNode node) {
		node.proxy().target(this.redis.primary().port());
		node.proxy().accept();
		node.node().awaitState(BrokerState.Level.UP);
	}

	private void expectFork(TestNode node, int written) {
		DeliveredMessages gone = node.delivered("gone");
		assertThat(gone.losses()).extracting(Loss::reason).containsExactly(Reason.FORK);
		assertThat(gone.numbers()).startsWith(numbers(0, 10 + LOST)).endsWith(LAST);
		gone.expectNoSilentGap();
		expectNoLoss(node, "kept", written);
	}

	private static void expectNoLoss(TestNode node, String group, int written) {
		DeliveredMessages delivered = node.delivered(group);
		assertThat(delivered.losses()).isEmpty();
		assertThat(delivered.numbers()).startsWith(numbers(0, 10))
			.containsSubsequence(numbers(20, 20 + written))
			.endsWith(LAST)
			.hasSize(10 + written + 1);
	}

	private static Integer[] numbers(int first, int end) {
		return IntStream.range(first, end).boxed().toArray(Integer[]::new);
	}

}
