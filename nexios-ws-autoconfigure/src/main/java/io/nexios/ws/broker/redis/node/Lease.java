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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The lease of this node: a key with a TTL. Other nodes clear up after a node without
 * one.
 * <p>
 * A renewal writes its number and gets what was there before, in one command. If that is
 * not the number of the last renewal that was answered, the lease may have been gone.
 * Then other nodes may have taken everything of this node away. So the lease is written
 * before anything is announced, and what is announced is not taken away.
 * <p>
 * The time of the lease counts from when the renewal was sent. So it is over here before
 * it is over in Redis. Not guaranteed: if the machine is suspended and its clock stands
 * still, this node notices only at the next renewal that its lease was gone.
 *
 * @author Nexios Team
 */
final class Lease {

	private static final Duration RETRY = Duration.ofSeconds(1);

	private static final int RENEWALS = 3;

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final AtomicBoolean renewing = new AtomicBoolean();

	private final NodeSettings settings;

	private final RedisCalls calls;

	private final TimeSource time;

	private final LeaseListener listener;

	private final Alarm alarm;

	private volatile @Nullable Long renewedAt;

	private volatile CompletableFuture<Void> renewal = CompletableFuture.completedFuture(null);

	private volatile boolean ended;

	/**
	 * The number of the last renewal. Only a renewal uses the two numbers.
	 */
	private long number;

	private long answered;

	Lease(NodeSettings settings, RedisCalls calls, TimeSource time, LeaseListener listener) {
		this.settings = settings;
		this.calls = calls;
		this.time = time;
		this.listener = listener;
		this.alarm = new Alarm(time, this::renew);
	}

	/**
	 * Return whether this node has no lease, by its own clock.
	 * @return whether the last renewal was too long ago
	 */
	boolean isOver() {
		Long renewedAt = this.renewedAt;
		return renewedAt == null || this.time.nanoTime() - renewedAt >= this.settings.lease().toNanos();
	}

	/**
	 * Renew the lease now, unless a renewal has no answer yet.
	 */
	void renew() {
		if (this.renewing.compareAndSet(false, true)) {
			CompletableFuture<Void> renewal = new CompletableFuture<>();
			this.renewal = renewal;
			write().whenComplete((done, failure) -> {
				this.renewing.set(false);
				renewal.complete(null);
				this.alarm.set((failure != null) ? RETRY : this.settings.lease().dividedBy(RENEWALS));
			});
		}
	}

	// After the renewal is known to end(), so that either it is not sent, or end() waits
	private CompletionStage<Void> write() {
		if (this.ended) {
			return CompletableFuture.completedStage(null);
		}
		long sentAt = this.time.nanoTime();
		String before = Long.toString(this.answered);
		this.number++;
		return this.calls
			.call(RedisRequest.of("SET", names().node(this.settings.node()), this.number, "PX",
					this.settings.lease().toMillis(), "GET"))
			.thenCompose((found) -> enter().thenAccept((entered) -> onRenewed(sentAt, is(found, before))));
	}

	private CompletionStage<@Nullable Object> enter() {
		return this.calls.call(RedisRequest.of("SADD", names().nodes(), this.settings.node()));
	}

	private RedisNames names() {
		return this.settings.names();
	}

	private static boolean is(@Nullable Object found, String number) {
		return found instanceof byte[] bytes && number.equals(new String(bytes, StandardCharsets.ISO_8859_1));
	}

	private void onRenewed(long sentAt, boolean unbroken) {
		if (this.ended) {
			return;
		}
		if (!unbroken) {
			warnIfLost();
			this.listener.onNewLease();
		}
		this.answered = this.number;
		this.renewedAt = sentAt;
		this.listener.onLease();
	}

	private void warnIfLost() {
		String line = (this.renewedAt != null) ? this.throttle.pass("lost",
				"The lease of this node in Redis was gone. It announces its groups again", this.time.nanoTime()) : null;
		if (line != null) {
			logger.warn(line);
		}
	}

	/**
	 * Do not renew the lease any more.
	 * @return a stage that completes when nothing of this lease is sent any more
	 */
	CompletionStage<Void> end() {
		this.ended = true;
		this.alarm.close();
		return this.renewal;
	}

}
