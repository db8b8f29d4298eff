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

import java.util.Arrays;
import java.util.Locale;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import io.nexios.ws.testsupport.redis.RespException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisScript}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisScriptTests {

	@RegisterExtension
	static final ScriptedRedis redis = new ScriptedRedis();

	@ParameterizedTest
	@EnumSource
	void digestIsThatOfRedis(RedisScript script) {
		assertThat(redis.node().text("SCRIPT", "LOAD", RespClient.utf8(script.text()))).isEqualTo(script.sha1());
	}

	@ParameterizedTest
	@EnumSource
	void scriptCallsOnlyWhatTheRulesAllow(RedisScript script) {
		assertThat(script.text().lines().filter((line) -> !line.trim().startsWith("--")))
			.flatMap((line) -> Arrays.asList(line.split("redis\\.p?call\\(")).stream().skip(1).toList())
			.filteredOn((call) -> call.startsWith("'"))
			.extracting((call) -> call.substring(1, call.indexOf('\'', 1)).toLowerCase(Locale.ROOT))
			.isNotEmpty()
			.allMatch((command) -> ScriptedRedis.RULES.contains(" +" + command + " "));
	}

	@Test
	void scriptThatRedisHasForgottenCanBeLoadedAgain() {
		ScriptedGroup group = redis.group("room");
		group.publishAll("a", 1, 2);
		redis.admin().call("SCRIPT", "FLUSH");
		assertThatExceptionOfType(RespException.class).isThrownBy(() -> group.publish("a", 3, 3))
			.withMessageStartingWith("NOSCRIPT");
		ScriptedRedis.load(redis.node());
		assertThat(group.publish("a", 3, 3)).element(0).isEqualTo(3L);
		group.expectWhole();
	}

	@ParameterizedTest
	@EnumSource
	void nativeImageHasTheScripts(RedisScript script) {
		String folder = RedisScript.class.getPackageName().replace('.', '/');
		RuntimeHints hints = new RuntimeHints();
		new RedisRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(hints).matches(RuntimeHintsPredicates.resource().forResource(folder + "/" + script.resource()));
	}

}
