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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.broker.redis.lane.NodeChannels;
import io.nexios.ws.spi.TimeSource;

/**
 * Tells all lanes of the connections. Each attempt to open a connection for messages has
 * a number. A connection that is open has the number of the last attempt, because the
 * next attempt begins after its end.
 *
 * @author Nexios Team
 */
final class SubscriptionLinks {

	private final AtomicInteger connections = new AtomicInteger();

	private final List<LaneGroups> lanes;

	private final Lane first;

	private final NodeChannels node;

	private final Probe probe;

	private final TimeSource time;

	/**
	 * Create links.
	 * @param lanes the lanes
	 * @param first the lane of the probe
	 * @param node the channels that are not those of groups
	 * @param probe the probe
	 * @param time the time
	 */
	SubscriptionLinks(List<LaneGroups> lanes, Lane first, NodeChannels node, Probe probe, TimeSource time) {
		this.lanes = lanes;
		this.first = first;
		this.node = node;
		this.probe = probe;
		this.time = time;
	}

	/**
	 * Return a listener for the next connection for messages.
	 * @param reader creates the listener of a number
	 * @return the listener
	 */
	MessageListener next(IntFunction<MessageListener> reader) {
		return reader.apply(this.connections.incrementAndGet());
	}

	/**
	 * Return the number of the newest connection for messages.
	 * @return the number
	 */
	int newest() {
		return this.connections.get();
	}

	LinkListener<SubscriberConnection> subscribe() {
		return new LinkListener<>() {

			@Override
			public void onUp(SubscriberConnection connection) {
				connected(connection);
			}

			@Override
			public void onDown(String reason) {
				SubscriptionLinks.this.lanes.forEach((lane) -> lane.execute(lane::disconnected));
				SubscriptionLinks.this.first.execute(SubscriptionLinks.this.probe::disconnected);
			}

		};
	}

	private void connected(SubscriberConnection connection) {
		int number = this.connections.get();
		connection.subscribe(this.node.names(this.probe.channel()));
		this.first.execute(() -> this.probe.connected(connection, this.time.nanoTime()));
		this.lanes.forEach((lane) -> lane.execute(() -> lane.connected(connection, number)));
	}

	LinkListener<RedisConnection> commands() {
		return new LinkListener<>() {

			@Override
			public void onUp(RedisConnection connection) {
				canAsk(true);
			}

			@Override
			public void onDown(String reason) {
				canAsk(false);
			}

		};
	}

	private void canAsk(boolean canAsk) {
		this.lanes.forEach((lane) -> lane.execute(() -> lane.canAsk(canAsk)));
	}

}
