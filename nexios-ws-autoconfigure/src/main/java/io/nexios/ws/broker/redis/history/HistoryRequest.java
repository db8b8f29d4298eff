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

package io.nexios.ws.broker.redis.history;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.cursor.ScriptAnswers;
import io.nexios.ws.broker.redis.cursor.StreamPage;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history of one group. All entries come from one answer, so they and the end
 * belong together. Where to begin is known for sure only if the end is known. So the
 * first answer may not have what is needed. Then Redis is asked again.
 *
 * @author Nexios Team
 */
final class HistoryRequest {

	private static final int MAX_ANSWERS = 4;

	// Messages that may come between two answers
	private static final int MORE = 256;

	private static final long MAX_OFFSET = 100_000_000_000_000_000L;

	private final RedisCalls commands;

	private final GroupKeys keys;

	private final String metaTtl;

	private final HistoryLimits limits;

	private final @Nullable Position after;

	HistoryRequest(RedisCalls commands, GroupKeys keys, String metaTtl, HistoryLimits limits,
			@Nullable Position after) {
		this.commands = commands;
		this.keys = keys;
		this.metaTtl = metaTtl;
		this.limits = limits;
		this.after = after;
	}

	/**
	 * Read the entries that are needed for a {@link History}.
	 * @return a stage that completes with them, or with {@code null} if Redis does not
	 * know the group
	 */
	CompletionStage<@Nullable StreamPage> read() {
		long first = (this.after != null) ? 1 + Math.max(0, Math.min(this.after.offset(), MAX_OFFSET)) : 1;
		return read(first, Math.max(1, this.limits.maxMessages()), 1);
	}

	private CompletionStage<@Nullable StreamPage> read(long first, int count, int answers) {
		return this.commands
			.call(RedisRequest.script(RedisScript.READ, List.of(this.keys.meta(), this.keys.stream()), first, count,
					this.metaTtl, ""))
			.thenCompose((answer) -> answered(first, count, answers, answer));
	}

	private CompletionStage<@Nullable StreamPage> answered(long first, int count, int answers,
			@Nullable Object answer) {
		StreamPage page = ScriptAnswers.page(answer, count);
		if (answer != null && (page == null || answers == MAX_ANSWERS)) {
			return CompletableFuture.failedStage(new IllegalStateException("Redis has not answered with a history"));
		}
		if (page == null || isEnough(page, first)) {
			return CompletableFuture.completedStage(page);
		}
		return read(needed(page.end()), 2 * this.limits.maxMessages() + MORE, answers + 1);
	}

	private boolean isEnough(StreamPage page, long first) {
		long end = page.end().offset();
		boolean atEnd = !page.full() || lastOf(page) == end;
		return needed(page.end()) > end || (first <= needed(page.end()) && atEnd);
	}

	private static long lastOf(StreamPage page) {
		return page.entries().isEmpty() ? 0 : page.entries().get(page.entries().size() - 1).position().offset();
	}

	private long needed(Position end) {
		long newest = Math.max(1, end.offset() - this.limits.maxMessages() + 1);
		boolean follows = this.after != null && this.after.epoch() == end.epoch();
		return (follows && this.after != null && this.after.offset() >= newest)
				? 1 + Math.min(this.after.offset(), end.offset()) : newest;
	}

}
