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

package io.nexios.ws.broker.redis.peer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.lane.NodeChannel;
import io.nexios.ws.broker.redis.node.LiveNodes;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.TimeSource;

/**
 * The other nodes. A message for one node goes to its own channel, and a command goes to
 * the channel of all nodes. Answers go to the channel of the node that has asked.
 * <p>
 * Nothing is kept for a node that is away. The order of two messages to one channel is
 * that of their calls only if the second call waits for the first. Messages of groups
 * have no order with respect to them.
 *
 * @author Nexios Team
 */
public final class Peers {

	private final PeerSettings settings;

	private final DirectSends sends;

	private final Commands commands;

	private final PeerInbox inbox;

	/**
	 * Create the other nodes.
	 * @param settings the settings
	 * @param publish makes requests on the connection that publishes
	 * @param nodes tells which nodes there are
	 * @param time the time
	 * @param observer is told what is not a message
	 */
	public Peers(PeerSettings settings, RedisCalls publish, LiveNodes nodes, TimeSource time, RedisObserver observer) {
		OpenRequests requests = new OpenRequests();
		this.settings = settings;
		this.sends = new DirectSends(settings, publish, requests, time);
		this.commands = new Commands(settings, publish, nodes, requests, time);
		this.inbox = new PeerInbox(settings, publish, requests, observer);
	}

	/**
	 * Return the channels on which messages come.
	 * @return the channel of this node, and that of all nodes
	 */
	public List<NodeChannel> channels() {
		return List.of(new Channel(this.settings.names().inbox(this.settings.node()), this.inbox),
				new Channel(this.settings.names().commands(), this.inbox));
	}

	/**
	 * Start to handle messages.
	 * @param subscriber gets what other nodes send
	 */
	public void start(Subscriber subscriber) {
		this.inbox.open(subscriber);
	}

	/**
	 * Send a payload to a channel of another node.
	 * @param channelId the channel
	 * @param payload the payload
	 * @return a stage that completes with whether the channel has got it. It completes
	 * with {@code false} at once if the id is not that of another node, and soon if that
	 * node has no lease or does not listen
	 */
	public CompletionStage<Boolean> sendTo(String channelId, Payload payload) {
		return this.sends.send(channelId, payload);
	}

	/**
	 * Send a command to all other nodes.
	 * @param command the command
	 * @return a stage that completes with the nodes that have not answered in time. It
	 * fails if Redis has not taken the command
	 */
	public CompletionStage<Set<String>> command(NodeCommand command) {
		return this.commands.send(command);
	}

	/**
	 * Handle no message any more.
	 */
	public void close() {
		this.inbox.close();
	}

	private record Channel(String name, PeerInbox inbox) implements NodeChannel {

		@Override
		public void onMessage(byte[] message) {
			this.inbox.onMessage(message);
		}

	}

}
