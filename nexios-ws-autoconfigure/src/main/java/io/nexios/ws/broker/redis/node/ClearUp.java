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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks from time to time for nodes that have no lease, and removes them. A lock in Redis
 * lets one node do it. The lock has a TTL: if that node fails, another one goes on.
 * <p>
 * The lock only saves work. A node whose lock is over goes on, and does no harm.
 *
 * @author Nexios Team
 */
final class ClearUp {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final NodeSettings settings;

	private final RedisCalls calls;

	private final TimeSource time;

	private final Random random;

	private final NodeRemoval removal;

	private final Alarm alarm;

	private volatile boolean ended;

	ClearUp(NodeSettings settings, RedisCalls calls, TimeSource time, LostMembersListener listener, Random random) {
		this.settings = settings;
		this.calls = calls;
		this.time = time;
		this.random = random;
		this.removal = new NodeRemoval(settings.names(), calls, () -> this.ended, listener);
		this.alarm = new Alarm(time, this::look);
	}

	/**
	 * Look for the first time after about the time of a lease.
	 */
	void start() {
		this.alarm.set(interval());
	}

	// Between a half and one and a half of the lease, so that nodes do not look at once
	private Duration interval() {
		long lease = this.settings.lease().toMillis();
		return Duration.ofMillis(lease / 2 + this.random.nextLong(lease + 1));
	}

	private void look() {
		this.calls.call(RedisRequest.of("SMEMBERS", this.settings.names().nodes()))
			.thenCompose((nodes) -> removeAll(others(nodes).iterator()))
			.whenComplete((done, failure) -> this.alarm.set(interval()));
	}

	private List<String> others(@Nullable Object nodes) {
		List<String> others = new ArrayList<>();
		for (Object node : (nodes instanceof List<?> list) ? list : List.of()) {
			String id = (node instanceof byte[] name) ? new String(name, StandardCharsets.UTF_8) : "";
			if (!id.isEmpty() && !id.equals(this.settings.node())) {
				others.add(id);
			}
		}
		Collections.shuffle(others, this.random);
		return others;
	}

	private CompletionStage<Boolean> removeAll(Iterator<String> nodes) {
		if (this.ended || !nodes.hasNext()) {
			return CompletableFuture.completedStage(true);
		}
		return removeWithoutLease(nodes.next()).exceptionally(this::fail).thenCompose((removed) -> removeAll(nodes));
	}

	private Boolean fail(Throwable failure) {
		RedisErrorException error = RedisErrorException.in(failure);
		String line = (error != null)
				? this.throttle.pass("failed", "What a node has left in Redis cannot be removed", this.time.nanoTime())
				: null;
		if (line != null) {
			logger.warn(line, error);
		}
		return false;
	}

	private CompletionStage<Boolean> removeWithoutLease(String node) {
		return this.calls.call(RedisRequest.of("EXISTS", this.settings.names().node(node)))
			.thenCompose((lease) -> Long.valueOf(0).equals(lease) ? this.calls.call(lock(node))
					: CompletableFuture.completedStage(null))
			.thenCompose((lock) -> (lock != null) ? remove(node) : CompletableFuture.completedStage(false));
	}

	private RedisRequest lock(String node) {
		return RedisRequest.of("SET", this.settings.names().lock(node), this.settings.node(), "NX", "PX",
				this.settings.lease().toMillis());
	}

	private CompletionStage<Boolean> remove(String node) {
		return this.removal.remove(node).thenApply((removed) -> {
			if (removed) {
				logger.info("Node " + node + " has ended without a stop. What it has left in Redis was removed");
			}
			return removed;
		});
	}

	/**
	 * Do not look any more, and go no further with a removal.
	 */
	void end() {
		this.ended = true;
		this.alarm.close();
	}

}
