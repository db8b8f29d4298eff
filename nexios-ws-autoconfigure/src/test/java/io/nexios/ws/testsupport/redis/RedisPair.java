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

import java.util.concurrent.TimeUnit;

import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import org.awaitility.Awaitility;

/**
 * A primary and its replica, which change their roles. The replica can be kept behind.
 *
 * @author Nexios Team
 */
public final class RedisPair implements AutoCloseable {

	private final FaultProxy replication;

	private RedisServer primary;

	private RedisServer replica;

	private RedisPair() {
		this.primary = RedisServer.configure().durable().start();
		this.replica = RedisServer.configure().durable().start();
		this.replication = FaultProxy.to(this.primary.port());
		replicate();
	}

	/**
	 * Start both.
	 * @return the pair, in step
	 */
	public static RedisPair start() {
		return new RedisPair();
	}

	public RedisServer primary() {
		return this.primary;
	}

	private void replicate() {
		this.replica.call("REPLICAOF", "127.0.0.1", this.replication.port());
		this.replica.awaitInfo("replication", "master_link_status", "up"::equals);
	}

	/**
	 * Make the replica the primary. The former primary loses what it alone has.
	 * @param behind for how many written bytes the replica is behind
	 */
	public void failover(long behind) {
		fallBehind();
		long before = written();
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> written() >= before + behind);
		promote();
	}

	/**
	 * Wait until the replica has everything that the primary has.
	 */
	public void awaitInStep() {
		this.replica.awaitInStepWith(this.primary);
	}

	/**
	 * Let nothing more reach the replica.
	 */
	public void fallBehind() {
		this.replication.hold(Direction.TO_CLIENT);
	}

	/**
	 * Make the replica the primary, while the former primary goes on.
	 */
	public void promote() {
		this.replica.promote();
		RedisServer former = this.primary;
		this.primary = this.replica;
		this.replica = former;
	}

	/**
	 * Let the former primary follow the new one.
	 */
	public void follow() {
		this.replication.heal();
		this.replication.cut();
		this.replication.target(this.primary.port());
		replicate();
	}

	private long written() {
		return Long.parseLong(this.primary.info("replication").get("master_repl_offset"));
	}

	@Override
	public void close() {
		this.replication.close();
		this.replica.close();
		this.primary.close();
	}

}
