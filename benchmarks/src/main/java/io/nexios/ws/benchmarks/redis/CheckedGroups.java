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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import org.jspecify.annotations.Nullable;

/**
 * The groups whose positions Redis has told.
 *
 * @author Nexios Team
 */
final class CheckedGroups {

	private static final int KEYS_PER_GROUP = 3;

	private static final int FIRST_KEY = 2;

	private final Set<String> groups = ConcurrentHashMap.newKeySet();

	private volatile long last;

	CompletionStage<@Nullable Object> send(RedisConnection connection, RedisRequest request) {
		CompletionStage<@Nullable Object> answer = connection.send(request);
		return isCheck(request) ? answer.thenApply((positions) -> add(request, positions)) : answer;
	}

	private static boolean isCheck(RedisRequest request) {
		return request.command().equals("EVALSHA")
				&& text(request.arguments().get(0)).equals(RedisScript.POSITIONS.sha1());
	}

	private @Nullable Object add(RedisRequest request, @Nullable Object positions) {
		List<byte[]> arguments = request.arguments();
		int keys = Integer.parseInt(text(arguments.get(1)));
		for (int i = 0; i < keys; i += KEYS_PER_GROUP) {
			this.groups.add(text(arguments.get(FIRST_KEY + i)));
		}
		this.last = System.nanoTime();
		return positions;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	void clear() {
		this.groups.clear();
	}

	int count() {
		return this.groups.size();
	}

	/**
	 * Return when Redis has told the last of the positions.
	 * @return the time
	 */
	long last() {
		return this.last;
	}

}
