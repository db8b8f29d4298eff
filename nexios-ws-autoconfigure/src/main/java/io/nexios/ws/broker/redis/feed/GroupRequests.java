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

package io.nexios.ws.broker.redis.feed;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.ErrorMeaning;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.cursor.ScriptAnswers;
import io.nexios.ws.broker.redis.cursor.StreamPage;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import org.jspecify.annotations.Nullable;

/**
 * The requests of this node for its groups. Before the node says in Redis that it asks
 * for a group, it adds the group to its own set. From there another node takes it away if
 * this node is gone.
 *
 * @author Nexios Team
 */
public final class GroupRequests {

	private static final int KEYS = 3;

	private final SecureRandom random = new SecureRandom();

	private final RedisCalls commands;

	private final String node;

	private final String owned;

	private final String metaTtl;

	private final ToIntFunction<String> members;

	public GroupRequests(RedisCalls commands, RedisNames names, String node, Duration metaTtl,
			ToIntFunction<String> members) {
		this.commands = commands;
		this.node = node;
		this.owned = names.owned(node);
		this.metaTtl = Long.toString(metaTtl.toMillis());
		this.members = members;
	}

	/**
	 * Ask for a group.
	 * @param name the group
	 * @return a stage that completes with its position
	 */
	public CompletionStage<Position> ask(GroupName name) {
		GroupKeys keys = name.keys();
		return inOrder(RedisRequest.of("SADD", this.owned, name.group()),
				RedisRequest.script(RedisScript.ASK, List.of(keys.meta(), keys.stream(), keys.interest()), this.node,
						this.members.applyAsInt(name.group()), this.metaTtl, newEpoch()))
			.thenApply((answer) -> known(ScriptAnswers.position(answer)));
	}

	/**
	 * Ask for many groups.
	 * @param names the groups
	 * @return a stage that completes with an answer for each of them
	 */
	public CompletionStage<List<?>> positions(List<GroupName> names) {
		List<Object> owned = new ArrayList<>(names.size() + 1);
		List<String> keys = new ArrayList<>(KEYS * names.size());
		List<Object> arguments = new ArrayList<>(KEYS + names.size());
		owned.add(this.owned);
		arguments.addAll(List.of(this.node, this.metaTtl, newEpoch()));
		for (GroupName name : names) {
			owned.add(name.group());
			keys.addAll(List.of(name.keys().meta(), name.keys().stream(), name.keys().interest()));
			arguments.add(this.members.applyAsInt(name.group()));
		}
		return inOrder(RedisRequest.of("SADD", owned.toArray()),
				RedisRequest.script(RedisScript.POSITIONS, keys, arguments.toArray()))
			.thenApply(
					(answer) -> known((answer instanceof List<?> list && list.size() == names.size()) ? list : null));
	}

	// A Redis whose memory is full refuses the first request, also if it changes nothing.
	// Then the second request fails if it has to write something
	private CompletionStage<@Nullable Object> inOrder(RedisRequest first, RedisRequest second) {
		CompletionStage<@Nullable Object> before = this.commands.call(first)
			.handle((answer, failure) -> (failure == null || isFull(failure))
					? CompletableFuture.<@Nullable Object>completedStage(answer)
					: CompletableFuture.<@Nullable Object>failedStage(failure))
			.thenCompose((stage) -> stage);
		return this.commands.call(second).thenCombine(before, (answer, ignored) -> answer);
	}

	private static boolean isFull(Throwable failure) {
		RedisErrorException error = RedisErrorException.in(failure);
		return error != null && ErrorMeaning.of(error) == ErrorMeaning.WRITES;
	}

	/**
	 * Read a page of the stream of a group.
	 * @param keys the keys of the group
	 * @param after the offset after which the page begins
	 * @return a stage that completes with the page
	 */
	CompletionStage<StreamPage> read(GroupKeys keys, long after) {
		return this.commands
			.call(RedisRequest.script(RedisScript.READ, List.of(keys.meta(), keys.stream()), after + 1, StreamPage.SIZE,
					this.metaTtl, newEpoch()))
			.thenApply((answer) -> known(ScriptAnswers.page(answer, StreamPage.SIZE)));
	}

	/**
	 * Do not ask for a group any more.
	 * @param keys the keys of the group
	 * @return a stage that completes when Redis knows it
	 */
	public CompletionStage<@Nullable Object> forget(GroupKeys keys) {
		return this.commands.call(RedisRequest.of("HDEL", keys.interest(), this.node));
	}

	private byte[] newEpoch() {
		byte[] epoch = new byte[Long.BYTES];
		this.random.nextBytes(epoch);
		return epoch;
	}

	private static <T> T known(@Nullable T answer) {
		if (answer == null) {
			throw new IllegalStateException("Redis has answered something unexpected");
		}
		return answer;
	}

}
