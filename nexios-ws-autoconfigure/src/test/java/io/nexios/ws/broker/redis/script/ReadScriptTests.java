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

import java.util.List;
import java.util.Map;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisScript#READ}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class ReadScriptTests {

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	@Test
	void entriesBeginAtTheOffset() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 12);
		List<@Nullable Object> answer = group.read(10, 256, "");
		assertThat(answer.subList(0, 3)).containsExactly(ScriptedGroup.EPOCH, "12", ScriptedGroup.id(12));
		assertThat(ids(answer)).containsExactly("10-0", "11-0", "12-0");
	}

	@Test
	void numberOfEntriesIsLimited() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 12);
		assertThat(ids(group.read(3, 2, ""))).containsExactly("3-0", "4-0");
	}

	@Test
	void groupThatIsNotKnownHasNoAnswerAndGetsNoMeta() {
		ScriptedGroup group = redis.group("room");
		assertThat(group.readOrNull(1, 256, "")).isNull();
		assertThat(group.readMeta()).isEmpty();
	}

	@Test
	void groupThatIsNotKnownGetsMetaIfThereIsAnEpoch() {
		ScriptedGroup group = redis.group("room");
		List<@Nullable Object> answer = group.read(1, 256, ScriptedGroup.EPOCH);
		assertThat(answer.subList(0, 3)).containsExactly(ScriptedGroup.EPOCH, "0", ScriptedGroup.ZEROS);
		assertThat(group.readMeta()).isEqualTo(Map.of("e", ScriptedGroup.EPOCH, "n", "0", "f", ScriptedGroup.ZEROS));
	}

	@Test
	void streamOfLostMetaIsDropped() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 3);
		redis.admin().call("DEL", group.meta());
		assertThat(ids(group.read(1, 256, ScriptedGroup.OTHER_EPOCH))).isEmpty();
		assertThat(group.entries()).isEmpty();
	}

	@Test
	void entriesBeyondTheEndAreNotRead() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 3);
		redis.admin().call("XADD", group.stream(), "4-0", "p", "x", "d", "y");
		assertThat(ids(group.read(1, 256, ""))).containsExactly("1-0", "2-0", "3-0");
	}

	@Test
	void clearedGroupHasAnEndAndNoEntries() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 3);
		group.clear();
		List<@Nullable Object> answer = group.read(1, 256, "");
		assertThat(answer).element(1).isEqualTo("3");
		assertThat(ids(answer)).isEmpty();
	}

	@Test
	void readingRenewsTheTtlOfTheMeta() {
		ScriptedGroup group = redis.group("room");
		group.publish("a", 1, 1);
		redis.admin().call("PEXPIRE", group.meta(), 60_000);
		group.read(1, 1, "");
		assertThat(group.ttlOf(group.meta())).isGreaterThan(60_000);
	}

	private static List<Object> ids(List<@Nullable Object> answer) {
		return RespClient.asList(answer.get(3)).stream().map((entry) -> RespClient.asList(entry).get(0)).toList();
	}

}
