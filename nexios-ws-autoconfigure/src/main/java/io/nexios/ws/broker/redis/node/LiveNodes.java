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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.wire.RedisNames;
import org.jspecify.annotations.Nullable;

/**
 * Tells which nodes have a lease.
 *
 * @author Nexios Team
 */
public final class LiveNodes {

	private final RedisNames names;

	private final RedisCalls calls;

	/**
	 * Create an object.
	 * @param names the names
	 * @param calls makes requests
	 */
	public LiveNodes(RedisNames names, RedisCalls calls) {
		this.names = names;
		this.calls = calls;
	}

	/**
	 * Find all nodes that have a lease.
	 * @return a stage that completes with their ids
	 */
	public CompletionStage<Set<String>> all() {
		return this.calls.call(RedisRequest.of("SMEMBERS", this.names.nodes())).thenCompose((nodes) -> of(ids(nodes)));
	}

	private static Set<String> ids(@Nullable Object nodes) {
		Set<String> ids = new HashSet<>();
		for (Object node : (nodes instanceof List<?> list) ? list : List.of()) {
			String id = (node instanceof byte[] name) ? new String(name, StandardCharsets.UTF_8) : "";
			if (NodeId.isId(id)) {
				ids.add(id);
			}
		}
		return ids;
	}

	/**
	 * Find those of some nodes that have a lease.
	 * @param nodes the ids of the nodes
	 * @return a stage that completes with the ids of those that have one
	 */
	public CompletionStage<Set<String>> of(Collection<String> nodes) {
		Map<String, CompletableFuture<@Nullable Object>> leases = nodes.stream()
			.collect(Collectors.toMap((node) -> node, this::lease));
		return CompletableFuture.allOf(leases.values().toArray(CompletableFuture[]::new))
			.thenApply((done) -> leases.entrySet()
				.stream()
				.filter((lease) -> Long.valueOf(1).equals(lease.getValue().join()))
				.map(Map.Entry::getKey)
				.collect(Collectors.toSet()));
	}

	private CompletableFuture<@Nullable Object> lease(String node) {
		return this.calls.call(RedisRequest.of("EXISTS", this.names.node(node))).toCompletableFuture();
	}

}
