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
import java.util.Objects;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;

/**
 * What Redis says about itself.
 *
 * @author Nexios Team
 */
final class RedisUsage implements AutoCloseable {

	private final RedisConnection connection;

	RedisUsage(RedisConnection connection) {
		this.connection = connection;
	}

	/**
	 * Return the CPU time of Redis.
	 * @return the user and system time in seconds
	 */
	double cpuSeconds() {
		String info = text("INFO", "cpu");
		return field(info, "used_cpu_user") + field(info, "used_cpu_sys");
	}

	/**
	 * Return how often Redis has read from a connection. One read may get what several
	 * writes have sent.
	 * @return the number
	 */
	double reads() {
		return field(text("INFO", "stats"), "total_reads_processed");
	}

	/**
	 * Return how many channels have a subscriber.
	 * @return the number
	 */
	double channels() {
		return field(text("INFO", "stats"), "pubsub_channels");
	}

	/**
	 * End the connections of all clients but this one.
	 */
	void endConnections() {
		text("CLIENT", "KILL", "SKIPME", "yes");
	}

	private String text(String command, Object... arguments) {
		var answer = this.connection.send(RedisRequest.of(command, arguments));
		this.connection.flush();
		Object value = Engines.await(answer.thenApply(Objects::requireNonNull));
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
	}

	/**
	 * Find a field.
	 * @param info what Redis says
	 * @param name the name of the field
	 * @return its value
	 */
	static double field(String info, String name) {
		return info.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(name.length() + 1).strip()))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Redis does not say " + name));
	}

	@Override
	public void close() {
		this.connection.giveUp("The measurement is over");
	}

}
