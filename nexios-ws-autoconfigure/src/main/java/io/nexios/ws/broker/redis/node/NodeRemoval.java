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

package io.nexios.ws.broker.redis.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import org.jspecify.annotations.Nullable;

/**
 * Takes away everything that a node without a lease has left in Redis, some groups at a
 * time. Several nodes may do this at the same time. It ends when the node has a lease
 * again.
 *
 * @author Nexios Team
 */
final class NodeRemoval {

	static final int BATCH = 64;

	private final RedisNames names;

	private final RedisCalls calls;

	private final BooleanSupplier ended;

	private final LostMembersListener listener;

	/**
	 * Create a removal.
	 * @param names the names
	 * @param calls makes requests
	 * @param ended whether to go no further
	 * @param listener is told which members were lost
	 */
	NodeRemoval(RedisNames names, RedisCalls calls, BooleanSupplier ended, LostMembersListener listener) {
		this.names = names;
		this.calls = calls;
		this.ended = ended;
		this.listener = listener;
	}

	/**
	 * Remove a node.
	 * @param node the id of the node
	 * @return a stage that completes with whether nothing of it is left
	 */
	CompletionStage<Boolean> remove(String node) {
		if (this.ended.getAsBoolean()) {
			return CompletableFuture.completedStage(false);
		}
		return this.calls.call(RedisRequest.of("SRANDMEMBER", this.names.owned(node), BATCH))
			.thenCompose((groups) -> this.calls.call(forget(node, groups)))
			.thenCompose((answer) -> removed(node, answer));
	}

	private RedisRequest forget(String node, @Nullable Object groups) {
		List<String> keys = new ArrayList<>(List.of(this.names.node(node), this.names.owned(node), this.names.nodes()));
		List<Object> arguments = new ArrayList<>(List.of(node));
		for (Object member : (groups instanceof List<?> list) ? list : List.of()) {
			if (member instanceof byte[] name) {
				GroupKeys group = this.names.group(new String(name, StandardCharsets.UTF_8));
				keys.addAll(List.of(group.meta(), group.interest(), group.presence()));
				arguments.add(name);
			}
		}
		return RedisRequest.script(RedisScript.FORGET, keys, arguments.toArray());
	}

	private CompletionStage<Boolean> removed(String node, @Nullable Object answer) {
		List<?> parts = (answer instanceof List<?> list) ? list : List.of(-1L);
		for (int i = 1; i + 2 < parts.size(); i += 3) {
			if (parts.get(i) instanceof byte[] group && parts.get(i + 2) instanceof List<?> listed) {
				this.listener.onMembersLost(new String(group, StandardCharsets.UTF_8), bytes(listed));
			}
		}
		Object state = parts.get(0);
		return Long.valueOf(1).equals(state) ? remove(node)
				: CompletableFuture.completedStage(Long.valueOf(0).equals(state));
	}

	private static List<byte[]> bytes(List<?> values) {
		return values.stream().map((value) -> (value instanceof byte[] bytes) ? bytes : new byte[0]).toList();
	}

}
