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
import io.nexios.ws.testsupport.redis.RespException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisScript#PRESENT} and {@link RedisScript#PRESENCE}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class PresenceScriptTests {

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	private ScriptedGroup group;

	@BeforeEach
	void ask() {
		this.group = redis.group("room");
		this.group.ask("a", 0);
	}

	private @Nullable Object present(int members, boolean reset, List<String> removed, String... listed) {
		List<Object> arguments = new ArrayList<>(List.of("a", members, reset ? 1 : 0, removed.size()));
		arguments.addAll(removed);
		arguments.addAll(Arrays.asList(listed));
		return ScriptedGroup.call(redis.node(), RedisScript.PRESENT,
				List.of(this.group.interest(), this.group.presence()), arguments.toArray());
	}

	private List<?> presence(int limit) {
		Object answer = ScriptedGroup.call(redis.node(), RedisScript.PRESENCE,
				List.of(this.group.interest(), this.group.presence()), limit);
		assertThat(answer).isInstanceOf(List.class);
		return (List<?>) answer;
	}

	private List<?> listed() {
		return redis.admin().list("HKEYS", this.group.presence());
	}

	@Test
	void membersAreCountedAndListed() {
		assertThat(present(2, false, List.of(), "a.1", "x", "a.2", "y")).isEqualTo(1L);
		assertThat(this.group.readInterest()).isEqualTo(Map.of("a", "2"));
		List<?> presence = presence(10);
		assertThat(presence.get(0)).asString().isEqualTo("[a, 2]");
		assertThat((List<?>) presence.get(1)).hasSize(4);
		assertThat(presence.get(2)).isEqualTo(2L);
	}

	@Test
	void membersThatHaveLeftAreNotListed() {
		present(2, false, List.of(), "a.1", "x", "a.2", "y");
		present(1, false, List.of("a.1", "a.unknown"), "a.3", "z");
		assertThat(listed()).asString().isEqualTo("[a.2, a.3]");
	}

	@Test
	void resetKeepsTheMembersOfOtherNodes() {
		redis.node().call("HSET", this.group.presence(), "b.1", "x", "aa.1", "x");
		present(2, false, List.of(), "a.1", "x", "a.2", "y");
		present(1, true, List.of(), "a.3", "z");
		assertThat(listed()).asString().isEqualTo("[b.1, aa.1, a.3]");
	}

	@Test
	void nobodyIsListedByNodeThatDoesNotAsk() {
		present(1, false, List.of(), "a.1", "x", "a.2", "y");
		redis.node().call("HDEL", this.group.interest(), "a");
		assertThat(present(1, false, List.of("a.1"), "a.3", "z")).isEqualTo(0L);
		assertThat(listed()).asString().isEqualTo("[a.2]");
		assertThat(this.group.readInterest()).isEmpty();
	}

	@Test
	void moreThanTheLimitAreCounted() {
		for (int i = 0; i < 700; i++) {
			redis.node().call("HSET", this.group.presence(), "a." + i, "x");
		}
		List<?> presence = presence(100);
		assertThat((List<?>) presence.get(1)).hasSize(200);
		assertThat(presence.get(2)).isEqualTo(700L);
	}

	@Test
	void groupThatNobodyKnowsIsEmpty() {
		this.group = redis.group("unknown");
		assertThat(presence(10)).asString().isEqualTo("[[], [], 0]");
	}

	@Test
	void fullMemoryLeavesTheNumberAsItWas() {
		present(1, false, List.of(), "a.1", "x");
		redis.fillMemory();
		assertThatExceptionOfType(RespException.class).isThrownBy(() -> present(2, false, List.of(), "a.2", "y"))
			.withMessageStartingWith("OOM");
		assertThat(this.group.readInterest()).isEqualTo(Map.of("a", "1"));
		assertThat(present(0, false, List.of("a.1"))).as("leaving needs no memory").isNotNull();
	}

}
