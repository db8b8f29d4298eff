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

import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.cursor.ScriptAnswers;
import io.nexios.ws.broker.redis.cursor.StreamPage;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads and clears the saved messages of groups. A stage fails with a
 * {@link GroupsUnavailableException}.
 *
 * @author Nexios Team
 */
public final class HistoryReads {

	private static final int HISTORIES = 16;

	private static final int CLEARED = 64;

	// Beyond all offsets, so that nothing is read
	private static final long NOTHING = 100_000_000_000_000_000L;

	private final SecureRandom random = new SecureRandom();

	private final RedisCalls commands;

	private final RedisNames names;

	private final Function<String, HistoryLimits> limits;

	private final String metaTtl;

	private final long timeout;

	private final TimeSource time;

	/**
	 * Create the reads.
	 * @param commands makes the requests
	 * @param names the names in Redis
	 * @param limits returns the limits of the history of a group
	 * @param metaTtl how long the position of a group is kept after it was last used
	 * @param timeout how long all groups may be worked on
	 * @param time the time
	 */
	public HistoryReads(RedisCalls commands, RedisNames names, Function<String, HistoryLimits> limits, Duration metaTtl,
			Duration timeout, TimeSource time) {
		this.commands = commands;
		this.names = names;
		this.limits = limits;
		this.metaTtl = Long.toString(metaTtl.toMillis());
		this.timeout = timeout.toNanos();
		this.time = time;
	}

	/**
	 * Read the history of a group. If Redis does not know the group, nothing is made
	 * there, and the end of the history is not a position of the group.
	 * @param group the group
	 * @param after the position after which it begins, or {@code null} for all of it
	 * @return a stage that completes with the history
	 */
	public CompletionStage<History> history(String group, @Nullable Position after) {
		return available(() -> {
			HistoryLimits limits = this.limits.apply(group);
			return new HistoryRequest(this.commands, this.names.group(group), this.metaTtl, limits, after).read()
				.thenApply((page) -> select(group, page, limits).after(after));
		});
	}

	private HistorySelection select(String group, @Nullable StreamPage page, HistoryLimits limits) {
		Position end = (page != null) ? page.end() : Position.start(this.random.nextLong());
		return new HistorySelection(group, end, (page != null) ? page.entries() : List.of(), limits,
				this.time.instant().toEpochMilli());
	}

	/**
	 * Read the position of a group. If Redis does not know the group, it does from then
	 * on.
	 * @param group the group
	 * @return a stage that completes with the position
	 */
	public CompletionStage<Position> position(String group) {
		return available(() -> {
			GroupKeys keys = this.names.group(group);
			byte[] epoch = new byte[Long.BYTES];
			this.random.nextBytes(epoch);
			return this.commands
				.call(RedisRequest.script(RedisScript.READ, List.of(keys.meta(), keys.stream()), NOTHING, 1,
						this.metaTtl, epoch))
				.thenApply(HistoryReads::position);
		});
	}

	private static Position position(@Nullable Object answer) {
		Position position = ScriptAnswers.position(answer);
		if (position == null) {
			throw new IllegalStateException("Redis has not answered with a position");
		}
		return position;
	}

	/**
	 * Read all histories that are not empty.
	 * @param maxGroups the maximum number of groups
	 * @return a stage that completes with the saved messages by group
	 */
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		Map<String, List<BrokerMessage>> histories = new ConcurrentHashMap<>();
		BooleanSupplier stopped = withinTime(() -> histories.size() >= maxGroups);
		return available(
				() -> new GroupScan(this.commands, this.names, HISTORIES, (groups) -> read(groups, histories), stopped)
					.run()
					.thenApply((done) -> first(histories, maxGroups)));
	}

	private CompletionStage<?> read(List<String> groups, Map<String, List<BrokerMessage>> histories) {
		return all(groups, (group) -> history(group, null).thenAccept((history) -> {
			if (!history.messages().isEmpty()) {
				histories.put(group, history.messages());
			}
		}));
	}

	private static Map<String, List<BrokerMessage>> first(Map<String, List<BrokerMessage>> histories, int count) {
		Map<String, List<BrokerMessage>> first = new LinkedHashMap<>();
		histories.entrySet().stream().limit(count).forEach((entry) -> first.put(entry.getKey(), entry.getValue()));
		return first;
	}

	/**
	 * Delete all saved messages. The positions of the groups stay.
	 * @return a stage that completes when they are deleted
	 */
	public CompletionStage<Void> clearHistories() {
		BooleanSupplier stopped = withinTime(() -> false);
		return available(
				() -> new GroupScan(this.commands, this.names, CLEARED, (groups) -> all(groups, this::clear), stopped)
					.run());
	}

	private CompletionStage<?> clear(String group) {
		return this.commands.call(RedisRequest.script(RedisScript.CLEAR, List.of(this.names.group(group).stream())));
	}

	private static CompletionStage<?> all(List<String> groups, Function<String, CompletionStage<?>> work) {
		return CompletableFuture.allOf(groups.stream()
			.map((group) -> work.apply(group).toCompletableFuture())
			.toArray(CompletableFuture[]::new));
	}

	private BooleanSupplier withinTime(BooleanSupplier stopped) {
		long begin = this.time.nanoTime();
		return () -> {
			if (!stopped.getAsBoolean() && this.time.nanoTime() - begin > this.timeout) {
				throw new GroupsUnavailableException("Redis has too many keys to look at all groups in time", null);
			}
			return stopped.getAsBoolean();
		};
	}

	private static <T> CompletionStage<T> available(Supplier<CompletionStage<T>> call) {
		CompletableFuture<T> stage = new CompletableFuture<>();
		try {
			call.get().whenComplete((result, failure) -> {
				if (failure != null) {
					stage.completeExceptionally(unavailable(failure));
				}
				else {
					stage.complete(result);
				}
			});
		}
		catch (IllegalArgumentException ex) {
			stage.completeExceptionally(ex);
		}
		return stage;
	}

	private static Throwable unavailable(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof GroupsUnavailableException) ? cause
				: new GroupsUnavailableException("Redis has not returned the saved messages", cause);
	}

}
