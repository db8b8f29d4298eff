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

package io.nexios.ws.testsupport.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One Sentinel, whose vote is enough, for a primary with at least one replica.
 *
 * @author Nexios Team
 */
public final class RedisSentinel implements AutoCloseable {

	/** The name of the primary. */
	public static final String NAME = "test";

	private final RedisProcess process;

	private RedisSentinel(RedisProcess process) {
		this.process = process;
	}

	/**
	 * Start a Sentinel, and wait until it knows the replicas.
	 * @param primary the primary
	 * @param downAfter how long a server may be silent
	 * @param replicas the number of replicas
	 * @return the Sentinel
	 */
	public static RedisSentinel start(RedisServer primary, Duration downAfter, int replicas) {
		RedisProcess process = new RedisProcess(
				List.of("sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
						"sentinel down-after-milliseconds " + NAME + " " + downAfter.toMillis(),
						"sentinel failover-timeout " + NAME + " 5000"),
				"--sentinel");
		RedisSentinel sentinel = new RedisSentinel(process);
		try {
			process.start();
			sentinel.hurry();
			sentinel.awaitField("num-slaves", Integer.toString(replicas));
			return sentinel;
		}
		catch (RuntimeException ex) {
			sentinel.close();
			throw ex;
		}
	}

	// It looks at its servers every ten seconds otherwise, and does nothing for half a
	// minute if the machine is so busy that it seems to have jumped in time
	private void hurry() {
		call("SENTINEL", "DEBUG", "info-period", "200", "ping-period", "100", "tilt-trigger", "60000");
	}

	public int port() {
		return this.process.port();
	}

	/**
	 * Return the port of the server that is the primary now.
	 * @return its port
	 */
	public int primaryPort() {
		List<@Nullable Object> address = RespClient.asList(call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME));
		return Integer.parseInt(String.valueOf(address.get(1)));
	}

	/**
	 * Let a replica take over while the primary is well, and wait for it.
	 */
	public void failover() {
		int before = primaryPort();
		RedisProcess.await("a replica that can take over", this::hasBegunFailover);
		RedisProcess.await("another primary", () -> primaryPort() != before);
	}

	private boolean hasBegunFailover() {
		try {
			return "OK".equals(call("SENTINEL", "FAILOVER", NAME));
		}
		catch (RespException ex) {
			// As long as no replica is known to be well
			return false;
		}
	}

	/**
	 * Wait until a server is the primary.
	 * @param server the server
	 */
	public void awaitPrimary(RedisServer server) {
		RedisProcess.await("the new primary", () -> primaryPort() == server.port());
		server.awaitInfo("replication", "role", "master"::equals);
	}

	private void awaitField(String field, String value) {
		RedisProcess.await(field, () -> value.equals(state().get(field)));
	}

	private Map<String, @Nullable Object> state() {
		try (RespClient client = RespClient.connect(port())) {
			return client.map("SENTINEL", "MASTER", NAME);
		}
	}

	private @Nullable Object call(Object... command) {
		try (RespClient client = RespClient.connect(port())) {
			return client.call(command);
		}
	}

	/**
	 * End the process and delete its directory.
	 */
	@Override
	public void close() {
		this.process.close();
	}

}
