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

package io.nexios.ws.benchmarks.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckedGroups}.
 *
 * @author Nexios Team
 */
class CheckedGroupsTests {

	private static final RedisRequest CHECK = RedisRequest.script(RedisScript.POSITIONS,
			List.of("m1", "s1", "n1", "m2", "s2", "n2"), "node", 1, "epoch", 1, 1);

	private final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();

	private final CheckedGroups groups = new CheckedGroups();

	@Test
	void groupsOfAnAnswerAreCounted() {
		send(CHECK);
		assertThat(this.groups.count()).isZero();
		this.answer.complete(List.of());
		assertThat(this.groups.count()).isEqualTo(2);
	}

	@Test
	void groupThatIsCheckedTwiceCountsOnce() {
		this.answer.complete(List.of());
		send(CHECK);
		send(CHECK);
		assertThat(this.groups.count()).isEqualTo(2);
	}

	@Test
	void failureCountsNothing() {
		send(CHECK);
		this.answer.completeExceptionally(new IllegalStateException());
		assertThat(this.groups.count()).isZero();
	}

	@Test
	void otherRequestCountsNothing() {
		this.answer.complete(List.of());
		send(RedisRequest.of("PING"));
		assertThat(this.groups.count()).isZero();
	}

	private void send(RedisRequest request) {
		this.groups.send(new Answering(this.answer), request);
	}

	/**
	 * Gives the same answer to every request.
	 *
	 * @param answer the answer
	 */
	private record Answering(CompletionStage<@Nullable Object> answer) implements RedisConnection {

		@Override
		public CompletionStage<@Nullable Object> send(RedisRequest request) {
			return this.answer;
		}

		@Override
		public void flush() {
		}

		@Override
		public void giveUp(String reason) {
		}

		@Override
		public CompletionStage<String> ended() {
			return new CompletableFuture<>();
		}

	}

}
