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

package io.nexios.ws.broker.redis.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The channels that are not those of groups. Their messages are handled by one lane, in
 * order. If too much is waiting, they are dropped.
 *
 * @author Nexios Team
 */
public final class NodeChannels {

	private final Lane lane;

	private final Map<String, NodeChannel> channels;

	public NodeChannels(Lane lane, List<NodeChannel> channels) {
		this.lane = lane;
		this.channels = channels.stream().collect(Collectors.toMap(NodeChannel::name, (channel) -> channel));
	}

	/**
	 * Return the names of the channels.
	 * @param other the name of a further channel
	 * @return all names
	 */
	public List<String> names(String other) {
		List<String> names = new ArrayList<>(this.channels.keySet());
		names.add(other);
		return names;
	}

	/**
	 * Hand over a message. Called by the thread that reads from Redis.
	 * @param channel the channel
	 * @param message the message
	 * @return {@code false} if the message was dropped
	 */
	public boolean offer(String channel, byte[] message) {
		NodeChannel found = this.channels.get(channel);
		return found == null || this.lane.offer(new Delivery(found, message));
	}

	private record Delivery(NodeChannel channel, byte[] message) implements LaneTask {

		@Override
		public void run() {
			this.channel.onMessage(this.message);
		}

		@Override
		public int size() {
			return OVERHEAD + this.message.length;
		}

	}

}
