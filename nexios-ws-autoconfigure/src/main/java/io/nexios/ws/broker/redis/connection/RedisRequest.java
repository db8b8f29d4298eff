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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.nexios.ws.broker.redis.script.RedisScript;

/**
 * A command to Redis with its arguments.
 *
 * @param command the name of the command
 * @param arguments the arguments
 * @author Nexios Team
 */
public record RedisRequest(String command, List<byte[]> arguments) {

	/**
	 * Create a request.
	 * @param command the name of the command
	 * @param arguments the arguments: bytes, or what is written as text in UTF-8
	 * @return the request
	 */
	public static RedisRequest of(String command, Object... arguments) {
		return new RedisRequest(command, bytes(Arrays.asList(arguments)));
	}

	/**
	 * Create a request that runs a script. Each new connection has loaded all scripts.
	 * @param script the script
	 * @param keys the keys
	 * @param arguments the arguments: bytes, or what is written as text in UTF-8
	 * @return the request
	 */
	public static RedisRequest script(RedisScript script, List<String> keys, Object... arguments) {
		List<Object> all = new ArrayList<>(2 + keys.size() + arguments.length);
		all.add(script.sha1());
		all.add(keys.size());
		all.addAll(keys);
		all.addAll(Arrays.asList(arguments));
		return new RedisRequest("EVALSHA", bytes(all));
	}

	private static List<byte[]> bytes(List<Object> arguments) {
		return arguments.stream().map(RedisRequest::bytes).toList();
	}

	private static byte[] bytes(Object argument) {
		return (argument instanceof byte[] bytes) ? bytes : argument.toString().getBytes(StandardCharsets.UTF_8);
	}

}
