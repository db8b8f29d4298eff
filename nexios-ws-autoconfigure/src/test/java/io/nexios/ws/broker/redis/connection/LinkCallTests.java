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

package io.nexios.ws.broker.redis.connection;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.nexios.ws.broker.redis.script.RedisScript;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LinkCall}.
 *
 * @author Nexios Team
 */
class LinkCallTests {

	private final FakeConnection connection = new FakeConnection();

	private CompletableFuture<@Nullable Object> call(String... errors) {
		this.connection.errors.put("EVALSHA", new ArrayDeque<>(List.of(errors)));
		return new LinkCall(this.connection, RedisRequest.script(RedisScript.CLEAR, List.of("key"))).make()
			.toCompletableFuture();
	}

	@Test
	void requestIsMadeOnce() {
		assertThat(call()).isCompleted();
		assertThat(this.connection.requests).containsExactly("EVALSHA");
	}

	@Test
	void requestIsRepeatedAfterScriptsAreLoaded() {
		assertThat(call("NOSCRIPT No matching script.")).isCompleted();
		assertThat(this.connection.requests).startsWith("EVALSHA", "SCRIPT")
			.endsWith("SCRIPT", "EVALSHA")
			.hasSize(2 + RedisScript.values().length);
		assertThat(this.connection.ended()).isNotDone();
	}

	@Test
	void requestIsRepeatedOnlyOnce() {
		CompletableFuture<@Nullable Object> call = call("NOSCRIPT", "NOSCRIPT");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(call::join)
			.withCauseInstanceOf(RedisErrorException.class);
		assertThat(this.connection.requests).filteredOn("EVALSHA"::equals).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "READONLY", "MASTERDOWN", "LOADING", "NOAUTH", "MOVED", "ASK", "CLUSTERDOWN" })
	void connectionThatIsOfNoUseIsGivenUp(String code) {
		assertThat(call(code + " of something")).isCompletedExceptionally();
		assertThat(this.connection.ended()).isCompletedWithValue("Redis has answered " + code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOPERM", "OOM", "WRONGTYPE", "BUSY", "ERR" })
	void connectionIsKeptAfterErrorOfRequest(String code) {
		assertThat(call(code + " of something")).isCompletedExceptionally();
		assertThat(this.connection.ended()).isNotDone();
	}

}
