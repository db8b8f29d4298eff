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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisScript#PUBLISH}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class PublishScriptTests {

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	@Test
	void offsetsAreDenseAndChainIsWhole() {
		ScriptedGroup group = redis.group("room");
		for (int message = 1; message <= 50; message++) {
			assertThat(group.publish("a", message, message)).element(0).isEqualTo((long) message);
		}
		assertThat(group.entries()).extracting(ScriptedGroup.Entry::offset)
			.hasSize(50)
			.startsWith(1L, 2L, 3L)
			.endsWith(50L);
		assertThat(group.entries().get(0))
			.isEqualTo(new ScriptedGroup.Entry(1, ScriptedGroup.ZEROS, ScriptedGroup.envelope(1)));
		assertThat(group.entries().get(1))
			.isEqualTo(new ScriptedGroup.Entry(2, ScriptedGroup.id(1), ScriptedGroup.envelope(2)));
		assertThat(group.readMeta())
			.isEqualTo(Map.of("e", ScriptedGroup.EPOCH, "n", "50", "f", ScriptedGroup.id(50), "qa", "50"));
		group.expectWhole();
	}

	@ParameterizedTest
	@ValueSource(longs = { 3, 2, 0 })
	void sequenceNumberThatIsNotNewChangesNothing(long sequence) {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 3);
		Map<String, List<@Nullable Object>> before = redis.state();
		try (RespClient subscriber = subscribe(group)) {
			assertThat(group.publish("a", sequence, 4)).containsExactly(-1L, 1L);
			assertThat(redis.state()).isEqualTo(before);
			group.publish("a", 4, 5);
			assertThat(message(subscriber)).endsWith(ScriptedGroup.envelope(5));
		}
	}

	@Test
	void messageIsRefusedWithoutTheOneBeforeIt() {
		ScriptedGroup group = redis.group("room");
		assertThat(group.publishAfter("a", 1, 2)).containsExactly(-2L, 1L);
		assertThat(redis.state()).isEmpty();
		group.publishAll("a", 1, 3);
		group.publish("b", 1, 4);
		Map<String, List<@Nullable Object>> before = redis.state();
		assertThat(group.publishAfter("a", 4, 5)).containsExactly(-2L, 1L);
		assertThat(group.publishAfter("b", 3, 4)).containsExactly(-2L, 1L);
		assertThat(group.publishAfter("a", 2, 3)).containsExactly(-1L, 1L);
		assertThat(redis.state()).isEqualTo(before);
		assertThat(group.publishAfter("a", 3, 7)).containsExactly(5L, 0L);
		assertThat(group.publishAfter("a", 5, 8)).containsExactly(6L, 0L);
		group.expectWhole();
	}

	@Test
	void sequenceNumbersMayHaveGapsAndBeLarge() {
		ScriptedGroup group = redis.group("room");
		long large = (1L << 53) - 1;
		assertThat(group.publish("a", 7, 1)).element(0).isEqualTo(1L);
		assertThat(group.publish("a", large - 1, 2)).element(0).isEqualTo(2L);
		assertThat(group.publish("a", large - 1, 2)).element(0).isEqualTo(-1L);
		assertThat(group.publish("a", large, 3)).element(0).isEqualTo(3L);
		assertThat(group.readMeta()).containsEntry("qa", Long.toString(large));
	}

	@Test
	void eachNodeHasItsOwnSequence() {
		ScriptedGroup group = redis.group("room");
		for (int message = 1; message <= 20; message++) {
			assertThat(group.publish("a", message, 2 * message)).element(0).isEqualTo(2L * message - 1);
			assertThat(group.publish("b", 100 + message, 2 * message + 1)).element(0).isEqualTo(2L * message);
			assertThat(group.publish("a", message, 2 * message)).containsExactly(-1L, 1L);
		}
		assertThat(group.readMeta()).containsEntry("qa", "20").containsEntry("qb", "120").containsEntry("n", "40");
		group.expectWhole();
	}

	@Test
	void retryIsFoundThoughItsMessageHasLeftTheHistory() {
		ScriptedGroup group = redis.group("room");
		group.publish("a", 1, 1, 1, ScriptedGroup.EPOCH);
		for (int message = 2; message <= 300; message++) {
			group.publish("b", message, message, 1, ScriptedGroup.EPOCH);
		}
		assertThat(group.publish("a", 1, 1, 1, ScriptedGroup.EPOCH)).containsExactly(-1L, 1L);
	}

	@Test
	void sequencesAreNeverDroppedByTheirNumber() {
		ScriptedGroup group = redis.group("room");
		for (int node = 1; node <= 1_000; node++) {
			group.publish("node" + node, 1, node);
		}
		assertThat(group.readMeta()).hasSize(1_003);
		assertThat(group.publish("node1", 1, 1)).containsExactly(-1L, 1L);
		assertThat(group.publish("node1000", 1, 1)).containsExactly(-1L, 1L);
	}

	@Test
	void missingMetaBeginsNewEpochAndDropsTheStream() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 5);
		redis.admin().call("DEL", group.meta());
		assertThat(group.publish("a", 6, 6, ScriptedGroup.MAX, ScriptedGroup.OTHER_EPOCH)).element(0).isEqualTo(1L);
		assertThat(group.entries())
			.containsExactly(new ScriptedGroup.Entry(1, ScriptedGroup.ZEROS, ScriptedGroup.envelope(6)));
		assertThat(group.readMeta())
			.isEqualTo(Map.of("e", ScriptedGroup.OTHER_EPOCH, "n", "1", "f", ScriptedGroup.id(6), "qa", "6"));
	}

	@Test
	void epochStaysAsLongAsTheMeta() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 2);
		group.publish("a", 3, 3, ScriptedGroup.MAX, ScriptedGroup.OTHER_EPOCH);
		assertThat(group.readMeta()).containsEntry("e", ScriptedGroup.EPOCH);
	}

	@Test
	void emptiedRedisBeginsNewEpoch() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 5);
		redis.admin().call("FLUSHALL");
		assertThat(group.publish("a", 6, 6, ScriptedGroup.MAX, ScriptedGroup.OTHER_EPOCH)).containsExactly(1L, 0L);
		group.expectWhole();
	}

	@Test
	void historyHasExactlyAsManyMessagesAsItMay() {
		ScriptedGroup group = redis.group("room");
		for (int message = 1; message <= 250; message++) {
			group.publish("a", message, message, 101, ScriptedGroup.EPOCH);
			assertThat(redis.admin().number("XLEN", group.stream())).isEqualTo(Math.min(message, 101));
		}
		assertThat(group.entries().get(0).offset()).isEqualTo(150);
		group.publish("a", 251, 251, 3, ScriptedGroup.EPOCH);
		assertThat(group.entries()).extracting(ScriptedGroup.Entry::offset).containsExactly(249L, 250L, 251L);
		group.expectWhole();
	}

	@Test
	void everyMessageRenewsBothTtls() {
		ScriptedGroup group = redis.group("room");
		for (int message = 1; message <= 3; message++) {
			group.publish("a", message, message);
			assertThat(group.ttlOf(group.stream())).isBetween(ScriptedGroup.TTL - 60_000L, (long) ScriptedGroup.TTL);
			assertThat(group.ttlOf(group.meta())).isBetween(ScriptedGroup.META_TTL - 60_000L,
					(long) ScriptedGroup.META_TTL);
			redis.admin().call("PEXPIRE", group.stream(), 60_000);
			redis.admin().call("PEXPIRE", group.meta(), 60_000);
		}
	}

	@Test
	void subscriberLearnsEpochAndChain() {
		ScriptedGroup group = redis.group("room");
		try (RespClient subscriber = subscribe(group)) {
			group.publishAll("a", 1, 12);
			assertThat(message(subscriber))
				.isEqualTo("N1" + ScriptedGroup.EPOCH + ScriptedGroup.ZEROS + "1:" + ScriptedGroup.envelope(1));
			assertThat(message(subscriber))
				.isEqualTo("N1" + ScriptedGroup.EPOCH + ScriptedGroup.id(1) + "2:" + ScriptedGroup.envelope(2));
			for (int message = 3; message <= 11; message++) {
				message(subscriber);
			}
			assertThat(message(subscriber))
				.isEqualTo("N1" + ScriptedGroup.EPOCH + ScriptedGroup.id(11) + "12:" + ScriptedGroup.envelope(12));
		}
	}

	@Test
	void groupExistsIfAnyNodeAsksOrReceives() {
		ScriptedGroup group = redis.group("room");
		assertThat(group.publish("a", 1, 1)).containsExactly(1L, 0L);
		group.ask("b", 1);
		assertThat(group.publish("a", 2, 2)).containsExactly(2L, 1L);
		redis.admin().call("DEL", group.interest());
		assertThat(group.publish("a", 3, 3)).containsExactly(3L, 0L);
		try (RespClient subscriber = subscribe(group)) {
			assertThat(group.publish("a", 4, 4)).containsExactly(4L, 1L);
		}
	}

	@Test
	void unsavedMessageIsPublishedAndInterestLookedUp() {
		ScriptedGroup group = redis.group("room");
		assertThat(redis.node().number("PUBLISH", group.channel(), "N0x")).isZero();
		assertThat(redis.node().number("EXISTS", group.interest())).isZero();
		group.ask("a", 1);
		assertThat(redis.node().number("EXISTS", group.interest())).isOne();
		try (RespClient subscriber = subscribe(group)) {
			assertThat(redis.node().number("PUBLISH", group.channel(), "N0x")).isOne();
			assertThat(message(subscriber)).isEqualTo("N0x");
		}
	}

	@Test
	void offsetsArePrintedInFull() {
		ScriptedGroup group = redis.group("room");
		group.publish("a", 1, 1);
		redis.admin().call("HSET", group.meta(), "n", "99999999999997");
		assertThat(group.publish("a", 2, 2)).element(0).isEqualTo(99_999_999_999_998L);
		assertThat(group.publish("a", 3, 3)).element(0).isEqualTo(99_999_999_999_999L);
		assertThat(group.readMeta()).containsEntry("n", "99999999999999");
		assertThat(group.entries()).extracting(ScriptedGroup.Entry::offset)
			.containsExactly(1L, 99_999_999_999_998L, 99_999_999_999_999L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "{x}", "}{", "{mm}", "*", "a:b", "\r\n", "\0", "\uD83D\uDE00\uD83D\uDE00", "%s%d" })
	void groupMayHaveAnyName(String name) {
		ScriptedGroup group = redis.group(name);
		ScriptedGroup other = redis.group("other");
		other.publishAll("a", 1, 3);
		group.ask("a", 1);
		try (RespClient subscriber = subscribe(group)) {
			assertThat(group.publish("a", 1, 1)).containsExactly(1L, 1L);
			assertThat(message(subscriber)).endsWith("1:" + ScriptedGroup.envelope(1));
		}
		group.expectWhole();
		assertThat(group.clear()).isEqualTo(1L);
		assertThat(other.entries()).hasSize(3);
	}

	private static RespClient subscribe(ScriptedGroup group) {
		RespClient subscriber = redis.login("node");
		subscriber.call("SUBSCRIBE", group.channel());
		return subscriber;
	}

	private static String message(RespClient subscriber) {
		return String.valueOf(RespClient.asList(subscriber.receive()).get(2));
	}

}
