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

package io.nexios.ws.broker.redis.subscribe;

import java.time.Duration;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import org.jspecify.annotations.Nullable;

/**
 * Finds a connection that is open, but on which nothing arrives any more. Used by one
 * lane, except {@link #heard()}.
 * <ul>
 * <li>QUIET: waits until nothing has arrived for an interval.
 * <li>SENDING: the publish connection publishes to a channel of this node. If that fails,
 * nothing is concluded, and QUIET begins again.
 * <li>SENT: Redis has accepted it. If nothing arrives for another interval, the
 * connection is given up.
 * </ul>
 * Whatever arrives begins QUIET again. So does a tick that comes late: if this process
 * did not run, what has come was not read.
 *
 * @author Nexios Team
 */
final class Probe {

	private final Lane lane;

	private final String channel;

	private final RedisCalls publish;

	private final RedisObserver observer;

	private final long interval;

	private volatile boolean heard;

	private @Nullable SubscriberConnection connection;

	private State state = State.QUIET;

	private long since;

	private long lastTick;

	private long step;

	Probe(Lane lane, String channel, Duration interval, RedisCalls publish, RedisObserver observer) {
		this.lane = lane;
		this.channel = channel;
		this.interval = interval.toNanos();
		this.publish = publish;
		this.observer = observer;
	}

	/**
	 * Return the channel, to which each connection subscribes.
	 * @return the channel
	 */
	String channel() {
		return this.channel;
	}

	/**
	 * Something has arrived. Called by the thread that reads from Redis.
	 */
	void heard() {
		if (!this.heard) {
			this.heard = true;
		}
	}

	void connected(SubscriberConnection connection, long now) {
		this.connection = connection;
		this.lastTick = now;
		go(State.QUIET, now);
	}

	void disconnected() {
		this.connection = null;
	}

	private void go(State state, long now) {
		this.state = state;
		this.since = now;
		this.step++;
	}

	/**
	 * Look at the time.
	 * @param now the time in nanoseconds
	 */
	void tick(long now) {
		boolean late = now - this.lastTick >= this.interval;
		this.lastTick = now;
		if (this.heard || late) {
			this.heard = false;
			go(State.QUIET, now);
		}
		SubscriberConnection connection = this.connection;
		if (connection != null && now - this.since >= this.interval) {
			isOver(connection, now);
		}
	}

	private void isOver(SubscriberConnection connection, long now) {
		if (this.state == State.QUIET) {
			send(now);
		}
		else if (this.state == State.SENT) {
			this.connection = null;
			this.observer.probeFailed();
			connection.giveUp("Nothing arrives any more");
		}
	}

	private void send(long now) {
		go(State.SENDING, now);
		long step = this.step;
		this.publish.call(RedisRequest.of("PUBLISH", this.channel, ""))
			.whenComplete((receivers, failure) -> this.lane.execute(() -> sent(step, failure == null)));
	}

	private void sent(long step, boolean accepted) {
		if (this.step == step) {
			go(accepted ? State.SENT : State.QUIET, this.lastTick);
		}
	}

	private enum State {

		QUIET, SENDING, SENT

	}

}
