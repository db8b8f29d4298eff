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
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.nexios.ws.broker.BrokerState.Level;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.Present;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for who is in a group on several nodes.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisPresenceTests {

	private static final GroupKeys KEYS = new RedisNames("nx").group("room");

	private static final Instant SINCE = Instant.ofEpochMilli(1_800_000_000_000L);

	private RedisServer redis;

	private TestNode first;

	private TestNode second;

	@BeforeEach
	void start() {
		this.redis = RedisServer.start();
		this.first = TestNode.start(this.redis.port());
		this.second = TestNode.start(this.redis.port());
		this.first.subscribe("room");
		this.second.subscribe("room");
	}

	@AfterEach
	void stop() {
		this.first.close();
		this.second.close();
		this.redis.close();
	}

	private static Present present(TestNode node, String user, int second) {
		return new Present(node.addChannel(), user, new JsonMapper().createObjectNode().put("color", "red"),
				SINCE.plusSeconds(second));
	}

	private static Present join(TestNode node, int members, String user, int second) {
		Present present = present(node, user, second);
		node.broker().presence().members("room", members);
		node.broker().presence().present("room", present);
		return present;
	}

	private static GroupPresence read(TestNode node) {
		return read(node, 1000);
	}

	private static GroupPresence read(TestNode node, int limit) {
		return node.broker()
			.presence()
			.read("room", limit)
			.toCompletableFuture()
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
	}

	private static void await(TestNode node, Predicate<GroupPresence> condition) {
		Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> read(node), condition);
	}

	@Test
	void allNodesSeeTheMembersOfAllNodes() {
		Present later = join(this.first, 1, "Ada", 2);
		Present earlier = join(this.second, 3, "Bob", 1);
		GroupPresence all = new GroupPresence(4, 2, List.of(earlier, later), true);
		await(this.first, all::equals);
		await(this.second, all::equals);
	}

	@Test
	void nodeSeesItsOwnMembersAtOnce() {
		Present ada = join(this.first, 1, "Ada", 0);
		assertThat(read(this.first)).isEqualTo(new GroupPresence(1, 1, List.of(ada), true));
	}

	@Test
	void groupWithoutMembersIsEmpty() {
		assertThat(read(this.first)).isEqualTo(GroupPresence.NONE);
	}

	@Test
	void memberWithoutUserIsListed() {
		Present nobody = new Present(this.first.addChannel(), null, new JsonMapper().createArrayNode(), SINCE);
		this.first.broker().presence().members("room", 1);
		this.first.broker().presence().present("room", nobody);
		await(this.second, (presence) -> presence.present().equals(List.of(nobody)));
	}

	@Test
	void memberThatLeavesIsGoneEverywhere() {
		Present ada = join(this.first, 1, "Ada", 0);
		Present bob = join(this.first, 2, "Bob", 1);
		await(this.second, (presence) -> presence.present().equals(List.of(ada, bob)));
		this.first.broker().presence().members("room", 1);
		this.first.broker().presence().absent("room", ada.channelId());
		await(this.second, new GroupPresence(1, 1, List.of(bob), true)::equals);
		this.first.broker().presence().members("room", 0);
		this.first.broker().presence().absent("room", bob.channelId());
		await(this.second, GroupPresence.NONE::equals);
		Awaitility.await().until(() -> Long.valueOf(0).equals(this.redis.call("EXISTS", KEYS.presence())));
	}

	@Test
	void moreThanTheLimitAreNotComplete() {
		for (int i = 0; i < 20; i++) {
			join(this.first, i + 1, "user" + i, i);
		}
		await(this.second, (presence) -> presence.channels() == 20 && presence.present().size() == 20);
		GroupPresence some = read(this.second, 7);
		assertThat(some.present()).hasSize(7);
		assertThat(some.complete()).isFalse();
		assertThat(some.channels()).isEqualTo(20);
	}

	@Test
	void nodeThatStopsTakesItsMembersBackAtOnce() {
		join(this.second, 1, "Bob", 0);
		await(this.first, (presence) -> presence.channels() == 1);
		this.second.close();
		assertThat(read(this.first)).isEqualTo(GroupPresence.NONE);
		assertThat(this.first.received()).isEmpty();
	}

	@Test
	void nodeWithoutLeaseDoesNotCount() {
		join(this.second, 1, "Bob", 0);
		Present ada = join(this.first, 1, "Ada", 0);
		await(this.first, (presence) -> presence.present().size() == 2);
		this.redis.call("DEL", "nx:node:" + this.second.broker().nodeId());
		assertThat(read(this.first)).isEqualTo(new GroupPresence(1, 1, List.of(ada), true));
	}

	@Test
	void membersOfNodeThatIsGoneAreLostOnce() {
		Duration lease = Duration.ofMillis(900);
		try (TestNode third = TestNode.start(this.redis.port(), Duration.ofSeconds(5), lease);
				TestNode fourth = TestNode.start(this.redis.port(), Duration.ofSeconds(5), lease);
				ProxiedNode gone = ProxiedNode.start(this.redis.port(), Duration.ofSeconds(5), lease)) {
			gone.node().subscribe("room");
			Present bob = join(gone.node(), 2, "Bob", 0);
			await(this.first, (presence) -> presence.present().equals(List.of(bob)));
			gone.proxy().refuse();
			gone.proxy().cut();
			String lost = "room[" + bob.channelId() + "]";
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> third.received().contains(lost) || fourth.received().contains(lost));
			await(this.first, GroupPresence.NONE::equals);
			assertThat(this.redis.call("EXISTS", KEYS.presence())).isEqualTo(0L);
			assertThat(third.received().size() + fourth.received().size()).isEqualTo(1);
		}
	}

	@Test
	void membersAreListedAgainAfterFlushAll() {
		Present ada = join(this.first, 1, "Ada", 0);
		await(this.second, (presence) -> presence.present().equals(List.of(ada)));
		this.redis.call("FLUSHALL");
		try (TestNode other = TestNode.start(this.redis.port(), Duration.ofSeconds(5), Duration.ofMillis(900))) {
			other.awaitState(Level.UP);
			this.redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
			await(other, new GroupPresence(1, 1, List.of(ada), true)::equals);
		}
	}

	@Test
	void memberThatLeavesWithoutRedisIsGoneWhenItIsBack() {
		try (ProxiedNode away = ProxiedNode.start(this.redis.port())) {
			away.node().subscribe("room");
			Present ada = join(away.node(), 1, "Ada", 0);
			Present bob = join(away.node(), 2, "Bob", 1);
			await(this.first, (presence) -> presence.present().equals(List.of(ada, bob)));
			away.proxy().refuse();
			away.proxy().cut();
			away.node().awaitState(Level.DOWN);
			away.node().broker().presence().members("room", 1);
			away.node().broker().presence().absent("room", ada.channelId());
			away.proxy().accept();
			await(this.first, new GroupPresence(1, 1, List.of(bob), true)::equals);
		}
	}

	@Test
	void entriesThatCannotBeReadAreSkipped() {
		Present ada = join(this.first, 1, "Ada", 0);
		await(this.second, (presence) -> presence.present().size() == 1);
		String node = this.first.broker().nodeId();
		int number = 0;
		for (String entry : List.of("", "{", "[]", "{\"s\":1}", "{\"s\":\"x\",\"i\":1}", "{\"s\":1,\"u\":2,\"i\":3}",
				"{\"s\":1e400,\"i\":3}", "\u0000")) {
			this.redis.call("HSET", KEYS.presence(), node + "." + number++, entry);
		}
		this.redis.call("HSET", KEYS.presence(), "x", "{\"s\":1,\"i\":3}");
		assertThat(read(this.second).present()).containsExactly(ada);
	}

	@Test
	void foreignInterestIsSkipped() {
		join(this.first, 1, "Ada", 0);
		await(this.second, (presence) -> presence.channels() == 1);
		this.redis.call("HSET", KEYS.interest(), "x", "7", "0123456789abcdef", "9", "fedcba9876543210", "x");
		assertThat(read(this.second).channels()).isEqualTo(1);
	}

	@Test
	void readFailsAtOnceWithoutRedis() {
		this.redis.close();
		this.first.awaitState(Level.DOWN);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> read(this.first));
	}

}
