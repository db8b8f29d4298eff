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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisURI;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.script.ScriptedRedis;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} as a user who may do no more than the documents say.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisPermissionTests {

	private static final String GROUP = "group";

	private static final RedisSettings SETTINGS = TestNode.settings(Duration.ofMillis(500), Duration.ofSeconds(2));

	private RedisServer redis;

	@BeforeEach
	void startRedis() {
		this.redis = RedisServer.start();
		allow(ScriptedRedis.RULES);
	}

	@AfterEach
	void stopRedis() {
		this.redis.close();
	}

	@Test
	void nodeMayDoAllItNeeds() {
		try (TestNode node = TestNode.start(uri(this.redis.port()), SETTINGS);
				TestNode other = TestNode.start(uri(this.redis.port()), SETTINGS)) {
			Position start = node.subscribe(GROUP);
			other.subscribe(GROUP);
			node.publishAll(GROUP, 0, 3);
			other.publish(GROUP, "3", Instant.now(), false);
			this.redis.call("SCRIPT", "FLUSH");
			other.publishAll(GROUP, 4, 5);
			node.delivered(GROUP).awaitNumber(4);
			History missed = node.history(GROUP, start);
			assertThat(missed.complete()).isTrue();
			assertThat(missed.messages()).hasSize(4);
			assertThat(node.broker().position(GROUP)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(missed.end());
			assertThat(node.broker().histories(10).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10))
				.satisfies((histories) -> assertThat(histories).containsOnlyKeys(GROUP));
			assertThat(node.broker().clearHistories().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
			assertThat(node.broker().unsubscribe(GROUP).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
			assertThat(node.states()).isEmpty();
		}
		expectNothingDenied();
		assertThat(keys()).noneMatch((key) -> key.startsWith("nx:node") || key.startsWith("nx:own"));
	}

	@Test
	void nodeMayClearUpAfterAnother() {
		try (TestNode node = TestNode.start(uri(this.redis.port()), SETTINGS);
				FaultProxy proxy = FaultProxy.to(this.redis.port());
				TestNode killed = TestNode.start(uri(proxy.port()), SETTINGS)) {
			node.awaitState(BrokerState.Level.UP);
			killed.subscribe(GROUP);
			killed.publishAll(GROUP, 0, 1);
			proxy.refuse();
			proxy.cut();
			String interest = new RedisNames("nx").group(GROUP).interest();
			Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !keys().contains(interest));
			Awaitility.await().until(() -> !keys().contains("nx:own:" + killed.broker().nodeId()));
		}
		expectNothingDenied();
	}

	@Test
	void nodeWithoutThePermissionForChannelsIsDownUntilItHasIt() {
		allow(ScriptedRedis.RULES.replace("&nx:* ", "resetchannels "));
		try (TestNode node = TestNode.start(uri(this.redis.port()), SETTINGS)) {
			Awaitility.await().until(() -> !node.states().isEmpty());
			BrokerState state = node.broker().state();
			assertThat(state.level()).isEqualTo(BrokerState.Level.DOWN);
			assertThat(state.reason()).contains("publish to the channel");
			allow(ScriptedRedis.RULES);
			node.subscribe(GROUP);
			node.publishAll(GROUP, 0, 1);
			node.delivered(GROUP).awaitNumber(0);
		}
	}

	private void allow(String rules) {
		List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", "node", "reset"));
		command.addAll(Arrays.asList(rules.split(" ")));
		String[] version = this.redis.info("server").getOrDefault("redis_version", "").split("\\.");
		if (Integer.parseInt(version[0]) > 7 || (version[0].equals("7") && Integer.parseInt(version[1]) > 1)) {
			command.add("+client|setinfo");
		}
		this.redis.call(command.toArray());
	}

	private static RedisURI uri(int port) {
		return RedisURI.builder()
			.withHost("127.0.0.1")
			.withPort(port)
			.withAuthentication("node", "any")
			.withClientName("nexios-ws")
			.build();
	}

	// An older Redis does not know what the client asks first
	private void expectNothingDenied() {
		try (RespClient client = this.redis.connect()) {
			assertThat(client.list("ACL", "LOG")).extracting(String::valueOf)
				.allMatch((entry) -> entry.contains("client|setinfo"));
		}
	}

	private List<String> keys() {
		try (RespClient client = this.redis.connect()) {
			return client.list("KEYS", "nx:*").stream().map(String::valueOf).toList();
		}
	}

}
