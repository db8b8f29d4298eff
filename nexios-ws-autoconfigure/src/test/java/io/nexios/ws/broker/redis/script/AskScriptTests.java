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

import java.util.Map;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisScript#ASK} and {@link RedisScript#CLEAR}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class AskScriptTests {

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	private final String zeros = ScriptedGroup.ZEROS;

	@Test
	void groupThatIsNewGetsMeta() {
		ScriptedGroup group = redis.group("room");
		assertThat(group.ask("a", 3)).containsExactly(ScriptedGroup.EPOCH, "0", this.zeros);
		assertThat(group.readMeta()).isEqualTo(Map.of("e", ScriptedGroup.EPOCH, "n", "0", "f", this.zeros));
		assertThat(group.readInterest()).isEqualTo(Map.of("a", "3"));
		assertThat(group.ttlOf(group.interest())).isEqualTo(-1);
	}

	@Test
	void firstMessageContinuesTheMetaThatWasAskedFor() {
		ScriptedGroup group = redis.group("room");
		group.ask("a", 1);
		assertThat(group.publish("b", 1, 1, ScriptedGroup.MAX, ScriptedGroup.OTHER_EPOCH)).containsExactly(1L, 1L);
		assertThat(group.readMeta()).containsEntry("e", ScriptedGroup.EPOCH);
		assertThat(group.entries().get(0).previous()).isEqualTo(this.zeros);
	}

	@Test
	void groupThatIsKnownAnswersItsPosition() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 12);
		assertThat(group.ask("b", 1, ScriptedGroup.OTHER_EPOCH)).containsExactly(ScriptedGroup.EPOCH, "12",
				ScriptedGroup.id(12));
		assertThat(group.entries()).hasSize(12);
	}

	@Test
	void streamOfLostMetaIsDropped() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 3);
		redis.admin().call("DEL", group.meta());
		assertThat(group.ask("b", 1, ScriptedGroup.OTHER_EPOCH)).containsExactly(ScriptedGroup.OTHER_EPOCH, "0",
				this.zeros);
		assertThat(group.entries()).isEmpty();
		assertThat(group.publish("a", 4, 4)).element(0).isEqualTo(1L);
		group.expectWhole();
	}

	@Test
	void interestKeepsTheNumberOfMembersThatIsKnown() {
		ScriptedGroup group = redis.group("room");
		group.ask("a", 1);
		group.ask("b", 1);
		group.ask("a", 5);
		assertThat(group.readInterest()).isEqualTo(Map.of("a", "1", "b", "1"));
	}

	@Test
	void askingRenewsTheTtlOfTheMetaAlone() {
		ScriptedGroup group = redis.group("room");
		group.publish("a", 1, 1);
		redis.admin().call("PEXPIRE", group.stream(), 60_000);
		redis.admin().call("PEXPIRE", group.meta(), 60_000);
		group.ask("a", 1);
		assertThat(group.ttlOf(group.meta())).isBetween(ScriptedGroup.META_TTL - 60_000L,
				(long) ScriptedGroup.META_TTL);
		assertThat(group.ttlOf(group.stream())).isLessThanOrEqualTo(60_000);
	}

	@Test
	void clearedGroupGoesOnAfterItsLastMessage() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 5);
		assertThat(group.clear()).isEqualTo(1L);
		assertThat(group.clear()).isEqualTo(0L);
		assertThat(group.entries()).isEmpty();
		assertThat(group.ask("b", 1, ScriptedGroup.OTHER_EPOCH)).containsExactly(ScriptedGroup.EPOCH, "5",
				ScriptedGroup.id(5));
		assertThat(group.publish("a", 5, 5)).containsExactly(-1L, 1L);
		assertThat(group.publish("a", 6, 6)).containsExactly(6L, 1L);
		assertThat(group.entries())
			.containsExactly(new ScriptedGroup.Entry(6, ScriptedGroup.id(5), ScriptedGroup.envelope(6)));
	}

}
