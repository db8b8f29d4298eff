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
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself, as the answer to INFO.
 *
 * @author Nexios Team
 */
final class ServerInfo {

	private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

	private final Map<String, String> fields = new HashMap<>();

	/**
	 * Create an instance.
	 * @param answer the answer
	 */
	ServerInfo(@Nullable Object answer) {
		if (answer instanceof byte[] bytes) {
			new String(bytes, StandardCharsets.UTF_8).lines().forEach(this::add);
		}
	}

	private void add(String line) {
		int colon = line.indexOf(':');
		if (colon > 0) {
			this.fields.put(line.substring(0, colon), line.substring(colon + 1));
		}
	}

	/**
	 * Check that the server has what the scripts need.
	 */
	void checkVersion() {
		String valkey = this.fields.get("valkey_version");
		if (valkey != null) {
			check("Valkey", valkey, 7, 2);
		}
		else {
			check("Redis", this.fields.getOrDefault("redis_version", ""), 7, 0);
		}
		if ("cluster".equals(this.fields.get("redis_mode"))) {
			throw new UnusableServerException("The server belongs to a Redis Cluster, which is not supported");
		}
	}

	private static void check(String product, String version, int major, int minor) {
		Matcher numbers = VERSION.matcher(version);
		if (!numbers.matches()) {
			throw new UnusableServerException("The server does not say which version it has");
		}
		int actualMajor = Integer.parseInt(numbers.group(1));
		int actualMinor = Integer.parseInt(numbers.group(2));
		if (actualMajor < major || (actualMajor == major && actualMinor < minor)) {
			throw new UnusableServerException(product + " " + actualMajor + "." + actualMinor + " is too old: " + major
					+ "." + minor + " or newer is needed");
		}
	}

	/**
	 * Check that the server accepts writes.
	 */
	void checkRole() {
		if (!"master".equals(this.fields.get("role"))) {
			throw new UnusableServerException("The server is not a primary");
		}
	}

}
