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
import java.util.ArrayDeque;
import java.util.Queue;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisErrorException;

/**
 * The groups that are left later: those that are kept for a delay, and those that could
 * not be left. Used by one lane.
 * <p>
 * Calls, the end of a delay and the connections are tasks of the lane. So nothing happens
 * between the look at a step and its effect. Each of the races of a group that is kept
 * has one of these orders:
 * <ul>
 * <li>A call subscribes before the end of the delay: the end belongs to the step of KEPT,
 * so it has no effect. If the end comes first, the group is LEAVING, and the call waits.
 * <li>The connection for messages ends before the end of the delay: the group leaves at
 * once, and the end of the delay has no effect. If the end of the delay comes first, the
 * group is LEAVING, and the end of the connection changes nothing.
 * <li>A call subscribes, and then the connection ends: the call fails, unless it has its
 * position. The confirmation of the ended connection has no effect, because its step is
 * over. If the call has its position, the next connection subscribes again.
 * <li>The group is left, and there is a new connection meanwhile: a new connection is
 * subscribed to no group that is not ACTIVE. So the group unsubscribes only from the
 * connection on which it was subscribed.
 * </ul>
 *
 * @author Nexios Team
 */
final class Departures {

	private static final int RETRIES = 512;

	private final Queue<Departure> kept = new ArrayDeque<>();

	private final Queue<GroupStep> owing = new ArrayDeque<>();

	private final long delay;

	Departures(Duration delay) {
		this.delay = delay.toNanos();
	}

	/**
	 * Keep a group for the delay.
	 * @param step the step with which the group has ended its subscription
	 * @param now the time in nanoseconds
	 * @return whether there is a delay
	 */
	boolean keep(GroupStep step, long now) {
		if (this.delay > 0) {
			this.kept.add(new Departure(step, now + this.delay));
		}
		return this.delay > 0;
	}

	/**
	 * Leave a group again when there is a connection.
	 * @param step the step with which the group could not be left
	 */
	void owe(GroupStep step) {
		this.owing.add(step);
	}

	/**
	 * Return whether it makes sense to leave a group again.
	 * @param failure why it could not be left
	 * @return whether Redis may leave it the next time
	 */
	static boolean mayBeRepeated(Throwable failure) {
		Throwable cause = Unavailable.cause(failure);
		return cause instanceof ConnectionLostException
				|| (cause instanceof RedisErrorException error && !error.is("NOPERM") && !error.is("WRONGTYPE"));
	}

	/**
	 * Try again to leave some of the groups that could not be left.
	 */
	void retry() {
		for (int i = Math.min(RETRIES, this.owing.size()); i > 0; i--) {
			leave(this.owing.remove());
		}
	}

	/**
	 * Leave the groups whose delay is over.
	 * @param now the time in nanoseconds
	 */
	void tick(long now) {
		while (!this.kept.isEmpty() && this.kept.element().due() - now <= 0) {
			leave(this.kept.remove().step());
		}
	}

	private static void leave(GroupStep step) {
		if (step.isCurrent()) {
			step.group().leave();
		}
	}

	private record Departure(GroupStep step, long due) {

	}

}
