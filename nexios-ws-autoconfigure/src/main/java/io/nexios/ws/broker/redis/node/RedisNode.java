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

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.spi.TimeSource;

/**
 * This node in Redis: it has a lease, removes nodes that have none, and removes itself
 * when it stops. <pre>
 * NEW ── start ──► RUNNING ── stop ──► ENDED
 * </pre> Nothing of it waits. If Redis cannot be reached when this node stops, another
 * node removes it later.
 *
 * @author Nexios Team
 */
public final class RedisNode {

	private final NodeSettings settings;

	private final RedisCalls calls;

	private final TimeSource time;

	private final Lease lease;

	private final ClearUp clearUp;

	private volatile boolean stopOver;

	/**
	 * Create a node.
	 * @param settings the settings
	 * @param calls makes requests on the connection for commands
	 * @param time the time
	 * @param listener is told what happens to the lease
	 * @param lost is told which members were lost with other nodes
	 */
	public RedisNode(NodeSettings settings, RedisCalls calls, TimeSource time, LeaseListener listener,
			LostMembersListener lost) {
		this(settings, calls, time, listener, lost, new Random());
	}

	RedisNode(NodeSettings settings, RedisCalls calls, TimeSource time, LeaseListener listener,
			LostMembersListener lost, Random random) {
		this.settings = settings;
		this.calls = calls;
		this.time = time;
		this.lease = new Lease(settings, calls, time, listener);
		this.clearUp = new ClearUp(settings, calls, time, lost, random);
	}

	/**
	 * Ask for the lease, and begin to look for nodes that have none.
	 */
	public void start() {
		this.lease.renew();
		this.clearUp.start();
	}

	/**
	 * Renew the lease now. Called when there is a new connection for commands, because
	 * its server may not have the lease.
	 */
	public void onConnected() {
		this.lease.renew();
	}

	/**
	 * Return whether this node has no lease, by its own clock. Such a node must not
	 * publish: other nodes may be removing it.
	 * @return whether there is no lease
	 */
	public boolean isLeaseOver() {
		return this.lease.isOver();
	}

	/**
	 * Stop, and take the lease and everything that this node has left in Redis back.
	 * @param limit how long this may take
	 * @return a stage that completes when this node is removed, when that has failed, or
	 * when the time is over. It never fails
	 */
	public CompletionStage<Void> stop(Duration limit) {
		this.clearUp.end();
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		NodeRemoval removal = new NodeRemoval(this.settings.names(), this.calls, () -> this.stopOver,
				(group, listed) -> {
				});
		String node = this.settings.node();
		this.lease.end()
			.thenCompose((ended) -> this.calls.call(RedisRequest.of("DEL", this.settings.names().node(node))))
			.thenCompose((deleted) -> removal.remove(node))
			.whenComplete((removed, failure) -> stopped.complete(null));
		TimeSource.Timer timer = this.time.schedule(() -> {
			this.stopOver = true;
			stopped.complete(null);
		}, limit);
		return stopped.whenComplete((done, failure) -> timer.cancel());
	}

}
