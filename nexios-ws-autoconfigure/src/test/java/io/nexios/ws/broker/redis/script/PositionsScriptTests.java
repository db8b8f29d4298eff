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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisScript#POSITIONS}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class PositionsScriptTests {

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	static List<@Nullable Object> positions(RespClient client, String node, List<ScriptedGroup> groups) {
		List<String> keys = new ArrayList<>();
		List<Object> arguments = new ArrayList<>(List.of(node, ScriptedGroup.META_TTL, ScriptedGroup.OTHER_EPOCH));
		for (ScriptedGroup group : groups) {
			keys.addAll(List.of(group.meta(), group.stream(), group.interest()));
			arguments.add(arguments.size() - 2);
		}
		return RespClient.asList(ScriptedGroup.call(client, RedisScript.POSITIONS, keys, arguments.toArray()));
	}

	@Test
	void manyGroupsAnswerInOneCall() {
		List<ScriptedGroup> groups = groups(256);
		for (int i = 0; i < groups.size(); i += 2) {
			groups.get(i).publishAll("a", 1, 1 + i / 2);
			redis.admin().call("PEXPIRE", groups.get(i).meta(), 60_000);
		}
		List<@Nullable Object> positions = positions(redis.node(), "b", groups);
		assertThat(positions).hasSize(256);
		for (int i = 0; i < groups.size(); i++) {
			ScriptedGroup group = groups.get(i);
			assertThat(positions).element(i).isEqualTo((i % 2 == 0) ? of(ScriptedGroup.EPOCH, 1 + i / 2) : made());
			assertThat(group.readInterest()).isEqualTo(Map.of("b", Integer.toString(i + 1)));
			assertThat(group.ttlOf(group.meta())).isGreaterThan(ScriptedGroup.META_TTL - 60_000L);
		}
	}

	@Test
	void streamOfLostMetaIsDropped() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 3);
		redis.admin().call("DEL", group.meta());
		assertThat(positions(redis.node(), "a", List.of(group))).containsExactly(made());
		assertThat(group.entries()).isEmpty();
		assertThat(group.readMeta())
			.isEqualTo(Map.of("e", ScriptedGroup.OTHER_EPOCH, "n", "0", "f", ScriptedGroup.ZEROS));
	}

	@Test
	void interestThatWasTakenAwayIsBack() {
		List<ScriptedGroup> groups = groups(3);
		positions(redis.node(), "a", groups);
		redis.admin().call("DEL", groups.get(1).interest());
		positions(redis.node(), "a", groups);
		assertThat(groups.get(1).readInterest()).isEqualTo(Map.of("a", "2"));
	}

	@Test
	void repeatedCallWritesNothingButTheTtl() {
		List<ScriptedGroup> groups = groups(3);
		positions(redis.node(), "a", groups);
		redis.admin().call("CONFIG", "RESETSTAT");
		positions(redis.node(), "a", groups);
		Map<String, String> calls = redis.server().info("commandstats");
		assertThat(calls).doesNotContainKeys("cmdstat_hset", "cmdstat_del");
		assertThat(calls.get("cmdstat_pexpire")).startsWith("calls=3,");
	}

	@Test
	void keyOfAnotherTypeFailsItsGroupAlone() {
		List<ScriptedGroup> groups = groups(4);
		groups.get(3).publishAll("a", 1, 2);
		redis.admin().call("SET", groups.get(0).meta(), "foreign");
		redis.admin().call("SET", groups.get(2).interest(), "foreign");
		List<@Nullable Object> positions = positions(redis.node(), "a", groups);
		assertThat(positions).hasSize(4).element(1).isEqualTo(made());
		assertThat(positions).element(3).isEqualTo(of(ScriptedGroup.EPOCH, 2));
		for (int failed : List.of(0, 2)) {
			assertThat(RespClient.asList(positions.get(failed))).singleElement().asString().startsWith("WRONGTYPE");
		}
		assertThat(redis.state()).doesNotContainKeys(groups.get(0).interest(), groups.get(2).meta());
	}

	@Test
	void noGroupsHaveNoPositions() {
		assertThat(positions(redis.node(), "a", List.of())).isEmpty();
	}

	private static List<ScriptedGroup> groups(int number) {
		return IntStream.range(0, number).mapToObj((i) -> redis.group("room" + i)).toList();
	}

	private static List<String> of(String epoch, int last) {
		return List.of(epoch, Integer.toString(last), ScriptedGroup.id(last));
	}

	private static List<String> made() {
		return List.of(ScriptedGroup.OTHER_EPOCH, "0", ScriptedGroup.ZEROS);
	}

}
