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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.wire.RedisNames;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the groups that have saved messages, and does something with some of them at
 * a time. A group may come twice. A group that gets its first message meanwhile may not
 * come.
 *
 * @author Nexios Team
 */
final class GroupScan {

	private static final int KEYS = 1_000;

	private static final String BEGIN = "0";

	private final Queue<String> found = new ArrayDeque<>();

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final RedisCalls commands;

	private final RedisNames names;

	private final int groups;

	private final Function<List<String>, CompletionStage<?>> work;

	private final BooleanSupplier stopped;

	private @Nullable String cursor;

	/**
	 * Create a scan.
	 * @param commands makes the requests
	 * @param names the names in Redis
	 * @param groups the number of groups at a time
	 * @param work what to do with some groups
	 * @param stopped returns whether the scan has to end. It may throw an exception
	 */
	GroupScan(RedisCalls commands, RedisNames names, int groups, Function<List<String>, CompletionStage<?>> work,
			BooleanSupplier stopped) {
		this.commands = commands;
		this.names = names;
		this.groups = groups;
		this.work = work;
		this.stopped = stopped;
	}

	/**
	 * Begin.
	 * @return a stage that completes at the end
	 */
	CompletionStage<Void> run() {
		next();
		return this.done;
	}

	private void next() {
		try {
			if (this.stopped.getAsBoolean() || (this.found.isEmpty() && BEGIN.equals(this.cursor))) {
				this.done.complete(null);
				return;
			}
			step().whenComplete((result, failure) -> {
				if (failure != null) {
					this.done.completeExceptionally(failure);
				}
				else {
					next();
				}
			});
		}
		catch (RuntimeException ex) {
			this.done.completeExceptionally(ex);
		}
	}

	private CompletionStage<?> step() {
		if (!this.found.isEmpty()) {
			return this.work.apply(take());
		}
		String cursor = (this.cursor != null) ? this.cursor : BEGIN;
		return this.commands
			.call(RedisRequest.of("SCAN", cursor, "MATCH", this.names.streams(), "COUNT", KEYS, "TYPE", "stream"))
			.thenAccept(this::scanned);
	}

	private List<String> take() {
		List<String> taken = new ArrayList<>(this.groups);
		while (taken.size() < this.groups && !this.found.isEmpty()) {
			taken.add(this.found.remove());
		}
		return taken;
	}

	private void scanned(@Nullable Object answer) {
		if (!(answer instanceof List<?> parts) || parts.size() != 2 || !(parts.get(0) instanceof byte[] next)
				|| !(parts.get(1) instanceof List<?> keys)) {
			throw new IllegalStateException("Redis has not answered with keys");
		}
		this.cursor = new String(next, StandardCharsets.US_ASCII);
		for (Object key : keys) {
			String group = (key instanceof byte[] name)
					? this.names.groupOfStream(new String(name, StandardCharsets.UTF_8)) : null;
			if (group != null) {
				this.found.add(group);
			}
		}
	}

}
