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
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import io.nexios.ws.testsupport.redis.RespException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for scripts that fail, and for what they leave behind.
 *
 * @author Nexios Team
 */
@RequiresRedis
class ScriptFailureTests {

	// Redis 7.0 does not answer NOPERM in scripts
	private static final String DENIED = "ERR The user executing the script can't run this command";

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	private static void expectFailure(String code, ThrowingCallable call) {
		assertThatExceptionOfType(RespException.class).isThrownBy(call).withMessageContaining(code);
	}

	private static void expectFailureWithoutChange(String code, ThrowingCallable call) {
		Map<String, List<@Nullable Object>> before = redis.state();
		expectFailure(code, call);
		assertThat(redis.state()).isEqualTo(before);
	}

	// Memory

	@ParameterizedTest
	@EnumSource(names = { "NEW", "KNOWN" })
	void fullMemoryRefusesMessageAndKeepsEverything(Before before) {
		ScriptedGroup group = before.prepare(redis.group("room"));
		redis.fillMemory();
		expectFailureWithoutChange("OOM", () -> group.publish("a", 10, 10));
		redis.admin().call("CONFIG", "SET", "maxmemory", 0);
		assertThat(group.publish("a", 10, 10)).element(0).isEqualTo(before.offset + 1);
		group.expectWhole();
	}

	// Dropping the old stream frees memory, which Redis allows, and nothing is refused in
	// a script that has written
	@Test
	void fullMemoryLetsMessageInThatReplacesTheStreamOfLostMeta() {
		ScriptedGroup group = Before.WITHOUT_META.prepare(redis.group("room"));
		redis.fillMemory();
		assertThat(group.publish("a", 10, 10)).element(0).isEqualTo(1L);
		group.expectWhole();
	}

	@Test
	void fullMemoryStillLetsUnsavedMessagesThrough() {
		ScriptedGroup group = redis.group("room");
		redis.fillMemory();
		try (RespClient subscriber = redis.login("node")) {
			subscriber.call("SUBSCRIBE", group.channel());
			assertThat(redis.node().number("PUBLISH", group.channel(), "N0x")).isOne();
			assertThat(RespClient.asList(subscriber.receive())).element(2).isEqualTo("N0x");
		}
	}

	@Test
	void fullMemoryRefusesNewInterestAndKeepsEverything() {
		ScriptedGroup group = redis.group("room");
		ScriptedGroup known = Before.KNOWN.prepare(redis.group("known"));
		redis.fillMemory();
		expectFailureWithoutChange("OOM", () -> group.ask("a", 1));
		expectFailureWithoutChange("OOM", () -> known.ask("b", 1));
		expectFailureWithoutChange("OOM",
				() -> PositionsScriptTests.positions(redis.node(), "a", List.of(group, known)));
	}

	@Test
	void fullMemoryAnswersPositionsOfGroupsThatAreAskedFor() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		group.ask("a", 1);
		redis.fillMemory();
		List<Object> position = List.of(ScriptedGroup.EPOCH, "3", ScriptedGroup.id(3));
		assertThat(group.ask("a", 1)).isEqualTo(position);
		assertThat(PositionsScriptTests.positions(redis.node(), "a", List.of(group))).containsExactly(position);
	}

	@Test
	void fullMemoryLetsHistoryBeClearedAndNodesBeForgotten() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		redis.node().call("SADD", ForgetScriptTests.OWN, "room");
		redis.fillMemory();
		assertThat(group.clear()).isEqualTo(1L);
		assertThat(ForgetScriptTests.forget(redis.node(), group)).isEqualTo(0L);
	}

	// Eviction of the meta looks like this to the next message, whatever came first
	@Test
	void evictedMetaIsMadeAgainWhenMemoryIsFull() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		redis.admin().call("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
		redis.fillMemory();
		expectFailure("OOM", () -> group.publish("a", 10, 10));
		assertThat(redis.state()).isEmpty();
		redis.admin().call("CONFIG", "SET", "maxmemory", 0, "maxmemory-policy", "noeviction");
		assertThat(group.publish("a", 10, 10, ScriptedGroup.MAX, ScriptedGroup.OTHER_EPOCH)).element(0).isEqualTo(1L);
		assertThat(group.readMeta()).containsEntry("e", ScriptedGroup.OTHER_EPOCH);
		group.expectWhole();
	}

	// Keys of another type

	@Test
	void metaOfAnotherTypeFailsEverythingAndChangesNothing() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		redis.admin().call("SET", group.meta(), "foreign");
		expectFailureWithoutChange("WRONGTYPE", () -> group.publish("a", 10, 10));
		expectFailureWithoutChange("WRONGTYPE", () -> group.ask("a", 1));
	}

	@Test
	void streamOfAnotherTypeFailsMessagesAndChangesNothing() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		redis.admin().call("SET", group.stream(), "foreign");
		expectFailureWithoutChange("WRONGTYPE", () -> group.publish("a", 10, 10));
		assertThat(group.ask("a", 1)).element(1).isEqualTo("3");
		assertThat(group.clear()).isEqualTo(1L);
		assertThat(group.publish("a", 10, 10)).element(0).isEqualTo(4L);
		group.expectWhole();
	}

	@Test
	void streamOfAnotherTypeWithoutMetaIsReplaced() {
		ScriptedGroup group = redis.group("room");
		redis.admin().call("SET", group.stream(), "foreign");
		assertThat(group.publish("a", 1, 1)).containsExactly(1L, 0L);
		group.expectWhole();
	}

	@Test
	void interestOfAnotherTypeFailsAskingAlone() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		redis.admin().call("SET", group.interest(), "foreign");
		expectFailureWithoutChange("WRONGTYPE", () -> group.ask("a", 1));
		assertThat(group.publish("a", 10, 10)).containsExactly(4L, 1L);
		group.expectWhole();
	}

	// Replicas

	@Test
	void replicaRefusesScriptsAndChangesNothing() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		redis.node().call("SADD", ForgetScriptTests.OWN, "room");
		try (RedisServer replica = RedisServer.configure().following(redis.server()).start();
				RespClient client = replica.connect()) {
			ScriptedRedis.load(client);
			ScriptedGroup there = new ScriptedGroup(client, client, "room");
			expectFailureWithoutChange("READONLY", () -> there.publish("a", 10, 10));
			expectFailureWithoutChange("READONLY", () -> there.ask("b", 1));
			expectFailureWithoutChange("READONLY", () -> PositionsScriptTests.positions(client, "b", List.of(there)));
			expectFailureWithoutChange("READONLY", there::clear);
			expectFailureWithoutChange("READONLY", () -> ForgetScriptTests.forget(client, there));
			// A plain message seems to succeed there. Only the number of receivers tells
			assertThat(client.number("PUBLISH", group.channel(), "N0x")).isZero();
			there.expectWhole();
			assertThat(there.entries()).isEqualTo(group.entries());
		}
	}

	// Users who may do too little

	@Test
	void userWithoutChannelsSavesMessageAndIsToldOfFailure() {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		try (RespClient limited = redis.loginWith("resetchannels"); RespClient subscriber = redis.login("node")) {
			subscriber.call("SUBSCRIBE", group.channel());
			expectFailure("channel", () -> group.as(limited).publish("a", 10, 10));
			assertThat(group.entries()).last()
				.isEqualTo(new ScriptedGroup.Entry(4, ScriptedGroup.id(3), ScriptedGroup.envelope(10)));
			group.expectWhole();
			assertThat(group.ttlOf(group.stream())).isPositive();
			assertThat(group.publish("a", 10, 10)).containsExactly(-1L, 1L);
			group.publish("b", 1, 11);
			// It was not published. The next message shows that it is missing
			assertThat(RespClient.asList(subscriber.receive())).element(2)
				.asString()
				.startsWith("N1" + ScriptedGroup.EPOCH + ScriptedGroup.id(10) + "5:");
		}
	}

	static Stream<Arguments> publishWithoutOneCommand() {
		return Stream.of(Before.values())
			.flatMap((before) -> Stream.of("hmget", "exists", "del", "xadd", "xrange", "hset", "pexpire", "publish")
				.map((command) -> Arguments.of(before, command)));
	}

	@ParameterizedTest
	@MethodSource("publishWithoutOneCommand")
	void messageAfterFailureInTheMiddleIsAccepted(Before before, String forbidden) {
		ScriptedGroup group = before.prepare(redis.group("room"));
		try (RespClient limited = redis.loginWith("-" + forbidden)) {
			repeat(() -> group.as(limited).publish("a", 10, 10));
		}
		List<@Nullable Object> accepted = group.publish("b", 11, 11, ScriptedGroup.MAX, ScriptedGroup.OTHER_EPOCH);
		Map<String, @Nullable Object> meta = group.readMeta();
		assertThat(accepted).containsExactly(Long.valueOf(String.valueOf(meta.get("n"))), 0L);
		assertThat(group.entries()).last()
			.isEqualTo(new ScriptedGroup.Entry((Long) accepted.get(0),
					group.entries().get(group.entries().size() - 1).previous(), ScriptedGroup.envelope(11)));
		group.expectWhole();
		// Either nothing is lost, or the epoch says so
		if (before == Before.KNOWN && ScriptedGroup.EPOCH.equals(meta.get("e"))) {
			assertThat(group.entries()).extracting(ScriptedGroup.Entry::offset).startsWith(1L, 2L, 3L, 4L);
		}
		else if (before == Before.KNOWN) {
			assertThat(forbidden).isEqualTo("hset");
			assertThat(group.entries()).extracting(ScriptedGroup.Entry::offset).containsExactly(1L);
		}
	}

	// A retry may find that the failed call has saved the message
	private static void repeat(Call call) {
		for (int i = 0; i < 2; i++) {
			try {
				call.run();
			}
			catch (RespException ex) {
				assertThat(ex).hasMessageContaining(DENIED);
			}
		}
	}

	static Stream<Arguments> askWithoutOneCommand() {
		return Stream.of(Before.values())
			.flatMap((before) -> Stream.of("hmget", "del", "hset", "pexpire")
				.map((command) -> Arguments.of(before, command)));
	}

	@ParameterizedTest
	@MethodSource("askWithoutOneCommand")
	void askingAgainAfterFailureInTheMiddleSucceeds(Before before, String forbidden) {
		expectTheSameAfterFailure(before, forbidden, (group) -> group.ask("b", 2));
	}

	@ParameterizedTest
	@MethodSource("askWithoutOneCommand")
	void positionsAfterFailureInTheMiddleAreWhole(Before before, String forbidden) {
		expectTheSameAfterFailure(before, forbidden,
				(group) -> PositionsScriptTests.positions(group.client(), "b", List.of(group)));
	}

	private static void expectTheSameAfterFailure(Before before, String forbidden, Consumer<ScriptedGroup> call) {
		ScriptedGroup expected = before.prepare(redis.group("expected"));
		call.accept(expected);
		ScriptedGroup group = before.prepare(redis.group("room"));
		try (RespClient limited = redis.loginWith("-" + forbidden)) {
			repeat(() -> call.accept(group.as(limited)));
		}
		call.accept(group);
		assertThat(group.readMeta()).isEqualTo(expected.readMeta());
		assertThat(group.readInterest()).isEqualTo(expected.readInterest());
		assertThat(group.entries()).isEqualTo(expected.entries());
		assertThat(group.ttlOf(group.meta())).isGreaterThan(ScriptedGroup.META_TTL - 60_000L);
		group.publish("c", 1, 20);
		group.expectWhole();
	}

	@ParameterizedTest
	@MethodSource("forgetWithoutOneCommand")
	void groupIsStillKnownAfterFailureToForgetIt(String forbidden) {
		ScriptedGroup group = Before.KNOWN.prepare(redis.group("room"));
		group.ask("gone", 1);
		group.publish("gone", 1, 4);
		redis.node().call("SADD", ForgetScriptTests.OWN, "room");
		try (RespClient limited = redis.loginWith("-" + forbidden)) {
			expectFailure(DENIED, () -> ForgetScriptTests.forget(limited, group));
		}
		assertThat(redis.admin().list("SMEMBERS", ForgetScriptTests.OWN)).containsExactly("room");
		assertThat(ForgetScriptTests.forget(redis.node(), group)).isEqualTo(0L);
		assertThat(group.readInterest()).isEmpty();
		assertThat(group.readMeta()).doesNotContainKey("qgone");
	}

	static List<String> forgetWithoutOneCommand() {
		return List.of("exists", "hdel", "srem");
	}

	@FunctionalInterface
	private interface Call {

		void run();

	}

	/**
	 * What there is of a group before a call.
	 */
	enum Before {

		/**
		 * Nothing.
		 */
		NEW(0),

		/**
		 * A meta and three messages.
		 */
		KNOWN(3),

		/**
		 * Three messages whose meta is lost.
		 */
		WITHOUT_META(0);

		private final long offset;

		Before(long offset) {
			this.offset = offset;
		}

		ScriptedGroup prepare(ScriptedGroup group) {
			if (this != NEW) {
				group.publishAll("a", 1, 3);
			}
			if (this == WITHOUT_META) {
				redis.admin().call("DEL", group.meta());
			}
			return group;
		}

	}

}
