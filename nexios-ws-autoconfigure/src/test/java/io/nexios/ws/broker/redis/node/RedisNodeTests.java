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

package io.nexios.ws.broker.redis.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.script.ScriptedRedis;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import io.nexios.ws.testsupport.redis.RespConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisNode} with Redis.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisNodeTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final RedisNames NAMES = new RedisNames("nx");

	private static final int GROUPS = 700;

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<RespConnection> connections = new ArrayList<>();

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final List<String> lost = new CopyOnWriteArrayList<>();

	private RedisServer server;

	private RespClient admin;

	@BeforeEach
	void start() {
		this.server = RedisServer.configure().withUser("node", ScriptedRedis.RULES).start();
		this.admin = this.server.connect();
	}

	@AfterEach
	void stop() {
		this.connections.forEach(RespConnection::close);
		this.admin.close();
		this.server.close();
	}

	private RespConnection connect() {
		RespConnection connection = RespConnection.connect(this.server.port(), "node");
		this.connections.add(connection);
		return connection;
	}

	private RedisNode node(String id) {
		return node(id, connect());
	}

	private RedisNode node(String id, RedisCalls calls) {
		RedisNode node = new RedisNode(new NodeSettings(NAMES, id, LEASE), calls, this.time, new LeaseListener() {
			@Override
			public void onNewLease() {
				RedisNodeTests.this.told.add(id + " new");
			}

			@Override
			public void onLease() {
				RedisNodeTests.this.told.add(id);
			}
		}, (group, listed) -> this.lost.add(group + listed.stream().map(RedisNodeTests::text).toList()),
				new Random(id.hashCode()));
		node.start();
		Awaitility.await().until(() -> this.told.contains(id));
		return node;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/**
	 * Let a node have interest in groups and publish to them.
	 */
	private void leave(String node, int groups) {
		for (int i = 0; i < groups; i++) {
			GroupKeys keys = NAMES.group("g" + i);
			this.admin.send("SADD", NAMES.owned(node), "g" + i);
			this.admin.send("HSET", keys.interest(), node, 1, "other", 1);
			this.admin.send("HSET", keys.meta(), "e", "x", "q" + node, 1, "qother", 1);
		}
		for (int i = 0; i < 3 * groups; i++) {
			this.admin.receive();
		}
		this.admin.call("SADD", NAMES.nodes(), node);
	}

	private void assertNothingIsLeftOf(String node, int groups) {
		assertThat(this.admin.number("EXISTS", NAMES.owned(node), NAMES.node(node))).isZero();
		assertThat(this.admin.list("SMEMBERS", NAMES.nodes())).doesNotContain(node);
		for (int i = 0; i < groups; i++) {
			GroupKeys keys = NAMES.group("g" + i);
			assertThat(this.admin.list("HKEYS", keys.interest())).containsExactly("other");
			assertThat(this.admin.list("HKEYS", keys.meta())).containsExactlyInAnyOrder("e", "qother");
		}
	}

	private boolean isNode(String node) {
		return this.admin.list("SMEMBERS", NAMES.nodes()).contains(node);
	}

	@Test
	void nodeHasLeaseAndIsKnownUntilItStops() {
		RedisNode node = node("me");
		assertThat(this.admin.number("PTTL", NAMES.node("me"))).isBetween(1L, LEASE.toMillis());
		assertThat(isNode("me")).isTrue();
		leave("me", 300);
		node.stop(LEASE).toCompletableFuture().join();
		assertNothingIsLeftOf("me", 300);
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void nodeAnnouncesEverythingAgainAfterFlushAll() {
		RedisNode node = node("me");
		assertThat(this.told).containsExactly("me new", "me");
		this.admin.call("FLUSHALL");
		node.onConnected();
		Awaitility.await().until(() -> this.told.size() == 4);
		assertThat(this.told).containsExactly("me new", "me", "me new", "me");
		node.onConnected();
		Awaitility.await().until(() -> this.told.size() == 5);
		assertThat(this.told).last().isEqualTo("me");
		assertThat(isNode("me")).isTrue();
	}

	@Test
	void twoNodesClearUpAfterThirdAtOnce() {
		node("a");
		node("b");
		leave("gone", GROUPS);
		Awaitility.await().until(() -> {
			this.time.advance(Duration.ofSeconds(5));
			return !isNode("gone");
		});
		assertNothingIsLeftOf("gone", GROUPS);
		assertThat(this.admin.list("SMEMBERS", NAMES.nodes())).containsExactlyInAnyOrder("a", "b");
		assertThat(this.admin.text("GET", NAMES.lock("gone"))).isIn("a", "b");
		assertThat(this.admin.number("PTTL", NAMES.lock("gone"))).isPositive();
	}

	@Test
	void removalsOfOneNodeAtTheSameTimeDoNoHarm() {
		leave("gone", GROUPS);
		var first = new NodeRemoval(NAMES, connect(), () -> false, (group, listed) -> {
		}).remove("gone").toCompletableFuture();
		var second = new NodeRemoval(NAMES, connect(), () -> false, (group, listed) -> {
		}).remove("gone").toCompletableFuture();
		assertThat(first.join()).isTrue();
		assertThat(second.join()).isTrue();
		assertNothingIsLeftOf("gone", GROUPS);
	}

	@Test
	void nodeThatComesBackWhileItIsRemovedKeepsWhatItAnnounces() {
		leave("paused", GROUPS);
		RespConnection connection = connect();
		IntConsumer comeBack = (call) -> {
			if (call == 3) {
				this.admin.call("SET", NAMES.node("paused"), 1, "PX", 30_000);
				this.admin.call("SADD", NAMES.owned("paused"), "g0");
				this.admin.call("HSET", NAMES.group("g0").interest(), "paused", 2);
			}
		};
		AtomicInteger calls = new AtomicInteger();
		boolean removed = new NodeRemoval(NAMES, (request) -> {
			comeBack.accept(calls.getAndIncrement());
			return connection.call(request);
		}, () -> false, (group, listed) -> {
		}).remove("paused").toCompletableFuture().join();
		assertThat(removed).isFalse();
		assertThat(isNode("paused")).isTrue();
		assertThat(this.admin.text("HGET", NAMES.group("g0").interest(), "paused")).isEqualTo("2");
		assertThat(this.admin.number("SCARD", NAMES.owned("paused"))).isBetween((long) GROUPS - NodeRemoval.BATCH,
				GROUPS - NodeRemoval.BATCH + 1L);
	}

	@Test
	void nodeWithLeaseAndNodeWhoseLockIsHeldAreLeftAlone() {
		RedisNode node = node("a");
		leave("alive", 3);
		leave("held", 3);
		this.admin.call("SET", NAMES.node("alive"), 1);
		this.admin.call("SET", NAMES.lock("held"), "b");
		long before = this.told.size();
		this.time.advance(LEASE.multipliedBy(3));
		Awaitility.await().until(() -> this.told.size() > before);
		node.stop(LEASE).toCompletableFuture().join();
		assertThat(this.admin.number("SCARD", NAMES.owned("alive"))).isEqualTo(3);
		assertThat(this.admin.number("SCARD", NAMES.owned("held"))).isEqualTo(3);
		assertThat(this.admin.list("SMEMBERS", NAMES.nodes())).containsExactlyInAnyOrder("alive", "held");
	}

	@Test
	void groupsWithForeignNamesAreRemoved() {
		this.admin.call("SADD", NAMES.nodes(), "gone");
		this.admin.call("SADD", NAMES.owned("gone"), "\u00ff\u00fe", "\u00c3", "");
		assertThat(new NodeRemoval(NAMES, connect(), () -> false, (group, listed) -> {
		}).remove("gone").toCompletableFuture().join()).isTrue();
		assertThat(isNode("gone")).isFalse();
	}

	@Test
	void idsAreNew() {
		assertThat(NodeId.next()).matches("[0-9a-f]{16}").isNotEqualTo(NodeId.next());
	}

}
