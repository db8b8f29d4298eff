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

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.script.RedisScript;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the server is a primary and new enough, and loads the scripts. While a
 * server loads its data, it refuses the scripts, and so is not ready.
 *
 * @author Nexios Team
 */
public final class ServerPreparation {

	private ServerPreparation() {
	}

	/**
	 * Return the preparation that each connection needs.
	 * @param <C> the type of the connection
	 * @return the preparation
	 */
	public static <C extends RedisConnection> LinkPreparation<C> create() {
		return (connection) -> check(connection).thenCompose((none) -> loadScripts(connection));
	}

	private static CompletionStage<Void> check(RedisConnection connection) {
		CompletionStage<@Nullable Object> server = connection.send(RedisRequest.of("INFO", "server"));
		CompletionStage<@Nullable Object> replication = connection.send(RedisRequest.of("INFO", "replication"));
		connection.flush();
		return server.thenAccept((info) -> new ServerInfo(info).checkVersion())
			.thenCombine(replication, (none, info) -> new ServerInfo(info))
			.thenAccept(ServerInfo::checkRole);
	}

	/**
	 * Load all scripts.
	 * @param connection the connection
	 * @return a stage that completes when they are loaded
	 */
	static CompletionStage<Void> loadScripts(RedisConnection connection) {
		CompletableFuture<?>[] answers = Arrays.stream(RedisScript.values())
			.map((script) -> connection.send(RedisRequest.of("SCRIPT", "LOAD", script.text())))
			.map(CompletionStage::toCompletableFuture)
			.toArray(CompletableFuture[]::new);
		connection.flush();
		return CompletableFuture.allOf(answers);
	}

}
