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

import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.broker.redis.lane.LaneTask;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * Hands over what arrives for a group to its lane. Used by the thread that reads from
 * Redis. If too much is waiting, messages are dropped. Then the group is told once that
 * saved messages are missing, so what waits for the lane has a limit.
 *
 * @author Nexios Team
 */
final class GroupInbox {

	private final AtomicBoolean missed = new AtomicBoolean();

	private final LaneGroups lane;

	private final GroupSubscription group;

	GroupInbox(LaneGroups lane, GroupSubscription group) {
		this.lane = lane;
		this.group = group;
	}

	void add(int connection, Arrival.Placed arrival) {
		boolean added = this.lane.offer(new Delivery(this.group, connection, arrival, arrival.size()));
		if (!added && this.missed.compareAndSet(false, true)) {
			this.lane.execute(this::tellMissed);
		}
	}

	private void tellMissed() {
		// First, because what is dropped from now on may not be read any more
		this.missed.set(false);
		this.group.reception().miss();
	}

	/**
	 * Hand over a message that was not saved.
	 * @param connection the number of the connection
	 * @param arrival the message
	 * @return whether it was handed over, and not dropped
	 */
	boolean add(int connection, Arrival.Unsaved arrival) {
		return this.lane.offer(new Delivery(this.group, connection, arrival, arrival.size()));
	}

	private record Delivery(GroupSubscription group, int connection, Arrival arrival, int bytes) implements LaneTask {

		@Override
		public void run() {
			this.group.reception().arrive(this.connection, this.arrival);
		}

		@Override
		public int size() {
			return OVERHEAD + this.bytes;
		}

	}

}
