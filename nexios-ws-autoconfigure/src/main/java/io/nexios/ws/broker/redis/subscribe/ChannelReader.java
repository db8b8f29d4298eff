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
import io.nexios.ws.broker.redis.lane.NodeChannels;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.WireFormat;

/**
 * Reads the messages of one connection and hands them over to the lanes of their groups,
 * or to the lane of this node. Runs on the thread that reads from Redis. A message of a
 * group that has just been left is dropped.
 *
 * @author Nexios Team
 */
final class ChannelReader implements MessageListener {

	private final int number;

	private final IntSupplier newest;

	private final Map<String, GroupInbox> channels;

	private final NodeChannels node;

	private final Probe probe;

	private final RedisObserver observer;

	ChannelReader(int number, IntSupplier newest, Map<String, GroupInbox> channels, NodeChannels node, Probe probe,
			RedisObserver observer) {
		this.number = number;
		this.newest = newest;
		this.channels = channels;
		this.node = node;
		this.probe = probe;
		this.observer = observer;
	}

	@Override
	public void onMessage(String channel, byte[] message) {
		if (this.newest.getAsInt() != this.number) {
			return;
		}
		this.probe.heard();
		GroupInbox inbox = this.channels.get(channel);
		if (inbox != null) {
			handOver(inbox, WireFormat.message(message));
		}
		else if (!this.node.offer(channel, message)) {
			this.observer.ignored();
		}
	}

	private void handOver(GroupInbox inbox, Arrival arrival) {
		if (arrival instanceof Arrival.Placed placed) {
			inbox.add(this.number, placed);
		}
		else if (!(arrival instanceof Arrival.Unsaved unsaved) || !inbox.add(this.number, unsaved)) {
			this.observer.ignored();
		}
	}

}
