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

package io.nexios.ws.broker.redis.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisScript#FORGET}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class ForgetScriptTests {

	static final String LEASE = "nx:node:gone";

	static final String OWN = "nx:own:gone";

	static final String NODES = "nx:nodes";

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	private ScriptedGroup first;

	private ScriptedGroup second;

	static @Nullable Object forget(RespClient client, ScriptedGroup... groups) {
		return answer(client, groups).get(0);
	}

	private static List<?> answer(RespClient client, ScriptedGroup... groups) {
		List<String> keys = new ArrayList<>(List.of(LEASE, OWN, NODES));
		List<Object> arguments = new ArrayList<>(List.of("gone"));
		for (ScriptedGroup group : groups) {
			keys.addAll(List.of(group.meta(), group.interest(), group.presence()));
			arguments.add(RespClient.utf8(group.name()));
		}
		Object answer = ScriptedGroup.call(client, RedisScript.FORGET, keys, arguments.toArray());
		assertThat(answer).isInstanceOf(List.class);
		return (List<?>) answer;
	}

	@BeforeEach
	void prepare() {
		this.first = redis.group("first");
		this.second = redis.group("second");
		redis.node().call("SADD", NODES, "gone", "other");
		for (ScriptedGroup group : List.of(this.first, this.second)) {
			redis.node().call("SADD", OWN, group.name());
			group.ask("gone", 1);
			group.ask("other", 2);
			group.publish("gone", 1, 1);
			group.publish("other", 1, 2);
		}
	}

	@Test
	void nothingOfTheNodeIsLeft() {
		assertThat(forget(redis.node(), this.first, this.second)).isEqualTo(0L);
		for (ScriptedGroup group : List.of(this.first, this.second)) {
			assertThat(group.readInterest()).isEqualTo(Map.of("other", "2"));
			assertThat(group.readMeta())
				.isEqualTo(Map.of("e", ScriptedGroup.EPOCH, "n", "2", "f", ScriptedGroup.id(2), "qother", "1"));
			group.expectWhole();
		}
		assertThat(redis.admin().number("EXISTS", OWN)).isZero();
		assertThat(redis.admin().list("SMEMBERS", NODES)).containsExactly("other");
	}

	@Test
	void otherGroupsStayForTheNextCall() {
		assertThat(forget(redis.node(), this.first)).isEqualTo(1L);
		assertThat(redis.admin().list("SMEMBERS", OWN)).containsExactly("second");
		assertThat(this.second.readInterest()).containsKey("gone");
		assertThat(this.second.readMeta()).containsKey("qgone");
		assertThat(redis.admin().list("SMEMBERS", NODES)).contains("gone");
	}

	@Test
	void nodeThatHasLeaseKeepsEverything() {
		redis.node().call("SET", LEASE, "here", "PX", 30_000);
		Map<String, List<@Nullable Object>> before = redis.state();
		assertThat(forget(redis.node(), this.first, this.second)).isEqualTo(-1L);
		assertThat(redis.state()).isEqualTo(before);
	}

	@Test
	void repeatedCallChangesNothing() {
		forget(redis.node(), this.first);
		Map<String, List<@Nullable Object>> before = redis.state();
		assertThat(forget(redis.node(), this.first)).isEqualTo(1L);
		assertThat(redis.state()).isEqualTo(before);
	}

	@Test
	void groupWithoutKeysOrWithKeysOfAnotherTypeIsForgotten() {
		redis.admin().call("DEL", this.first.meta(), this.first.interest());
		redis.admin().call("SET", this.second.meta(), "foreign");
		redis.admin().call("DEL", this.second.interest());
		redis.admin().call("SET", this.second.interest(), "foreign");
		assertThat(forget(redis.node(), this.first, this.second)).isEqualTo(0L);
		assertThat(redis.admin().text("GET", this.second.meta())).isEqualTo("foreign");
		assertThat(redis.admin().text("GET", this.second.interest())).isEqualTo("foreign");
	}

	@Test
	void lastInterestThatIsForgottenLeavesNoGroup() {
		redis.node().call("HDEL", this.first.interest(), "other");
		forget(redis.node(), this.first);
		assertThat(this.first.publish("other", 2, 3)).containsExactly(3L, 0L);
	}

	@Test
	void membersOfTheNodeAreReturnedOnce() {
		redis.node().call("HSET", this.first.presence(), "gone.1", "a", "other.1", "b", "gone2.1", "c", "gone.2", "d");
		List<?> parts = answer(redis.node(), this.first, this.second);
		assertThat(parts).hasSize(7);
		assertThat(texts(parts.get(1), parts.get(2), parts.get(4), parts.get(5))).containsExactly("first", "1",
				"second", "1");
		assertThat(texts(((List<?>) parts.get(3)).toArray())).containsExactlyInAnyOrder("gone.1", "a", "gone.2", "d");
		assertThat((List<?>) parts.get(6)).isEmpty();
		assertThat(redis.admin().list("HKEYS", this.first.presence())).containsExactlyInAnyOrder("other.1", "gone2.1");
		assertThat(answer(redis.node(), this.first, this.second)).isEqualTo(List.of(0L));
	}

	private static List<String> texts(Object... values) {
		return Arrays.stream(values).map(String::valueOf).toList();
	}

	@Test
	void groupWithoutMembersOfTheNodeIsNotReturned() {
		redis.node().call("HSET", this.first.interest(), "gone", 0);
		assertThat(answer(redis.node(), this.first)).isEqualTo(List.of(1L));
	}

	@Test
	void moreThanTheListedMembersAreRemoved() {
		for (int i = 0; i < 1500; i++) {
			redis.node().call("HSET", this.first.presence(), "gone." + i, "x");
		}
		assertThat((List<?>) answer(redis.node(), this.first).get(3)).hasSize(2000);
		assertThat(redis.admin().number("EXISTS", this.first.presence())).isZero();
	}

}
