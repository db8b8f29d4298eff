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

import java.util.Map;
import java.util.function.IntSupplier;

import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.WireFormat;

/**
 * Reads the messages of one connection and hands them over to the lanes of their groups.
 * Runs on the thread that reads from Redis. A message of a group that has just been left
 * is dropped.
 *
 * @author Nexios Team
 */
final class ChannelReader implements MessageListener {

	private final int number;

	private final IntSupplier newest;

	private final Map<String, GroupSubscription> channels;

	private final Probe probe;

	private final RedisObserver observer;

	ChannelReader(int number, IntSupplier newest, Map<String, GroupSubscription> channels, Probe probe,
			RedisObserver observer) {
		this.number = number;
		this.newest = newest;
		this.channels = channels;
		this.probe = probe;
		this.observer = observer;
	}

	@Override
	public void onMessage(String channel, byte[] message) {
		if (this.newest.getAsInt() != this.number) {
			return;
		}
		this.probe.heard();
		GroupSubscription group = this.channels.get(channel);
		if (group != null) {
			handOver(group, WireFormat.message(message));
		}
	}

	private void handOver(GroupSubscription group, Arrival arrival) {
		if (arrival instanceof Arrival.Placed placed) {
			if (!group.offer(new Delivery(group, this.number, placed, placed.size())) && group.miss()) {
				group.execute(new Missed(group));
			}
		}
		else if (!(arrival instanceof Arrival.Unsaved unsaved)
				|| !group.offer(new Delivery(group, this.number, unsaved, unsaved.size()))) {
			this.observer.ignored();
		}
	}

	private record Delivery(GroupSubscription group, int connection, Arrival arrival, int bytes) implements LaneTask {

		@Override
		public void run() {
			this.group.arrive(this.connection, this.arrival);
		}

		@Override
		public int size() {
			return OVERHEAD + this.bytes;
		}

	}

	private record Missed(GroupSubscription group) implements LaneTask {

		@Override
		public void run() {
			this.group.tellMissed();
		}

	}

}
