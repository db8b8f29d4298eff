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

package io.nexios.ws.server.group;

import java.util.List;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.channel.ServerChannelConnection;
import io.nexios.ws.server.channel.SharedFrames;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.group.delivery.Deliveries;
import io.nexios.ws.server.group.delivery.Delivery;
import io.nexios.ws.server.group.delivery.Group;
import io.nexios.ws.server.group.delivery.GroupEnvelope;
import io.nexios.ws.server.group.delivery.Groups;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.observer.ServerObserver;

import org.springframework.web.socket.CloseStatus;

/**
 * Receives what the broker delivers, on its threads, and passes it to the members.
 * Nothing here blocks.
 *
 * @author Nexios Team
 */
final class BrokerDeliveries implements GroupBroker.Subscriber, Deliveries {

	private final Groups groups;

	private final ConnectionRegistry connections;

	private final BatchedClose close;

	private final JsonCodec json;

	private final GroupLosses losses;

	private final EngineStates states;

	private final ServerObserver observer;

	BrokerDeliveries(Groups groups, ConnectionRegistry connections, BatchedClose close, JsonCodec json,
			GroupLosses losses, EngineStates states, ServerObserver observer) {
		this.groups = groups;
		this.connections = connections;
		this.close = close;
		this.json = json;
		this.losses = losses;
		this.states = states;
		this.observer = observer;
	}

	@Override
	public Delivery create(BrokerMessage message, Position reached, GroupEnvelope envelope) {
		return new Delivery(message, reached, envelope, this.json);
	}

	@Override
	public void onMessage(BrokerMessage message) {
		Group group = this.groups.find(message.publication().group());
		if (group != null) {
			this.observer.groupDelivered(group.deliver(message, this));
		}
	}

	@Override
	public void onLoss(Loss loss) {
		Group group = this.groups.find(loss.group());
		if (group != null) {
			group.lose(loss);
		}
		this.losses.report(loss);
	}

	@Override
	public void onMembersLost(String group, List<Present> present) {
		this.losses.report(group, present);
	}

	@Override
	public void onState(BrokerState state) {
		this.states.changed(state);
	}

	@Override
	public boolean onDirect(String channelId, Payload payload) {
		return sendTo(channelId, payload, this.connections, this.json);
	}

	/**
	 * Send a payload to a channel of this node, without waiting.
	 * @param channelId the channel
	 * @param payload the payload
	 * @param connections the open connections
	 * @param json writes JSON
	 * @return whether there is such a channel and its connection has not ended
	 */
	static boolean sendTo(String channelId, Payload payload, ConnectionRegistry connections, JsonCodec json) {
		Channel channel = connections.channel(channelId);
		return channel != null && ServerChannelConnection.of(channel)
			.offer(new SharedFrames(payload, json).frame(channel.payloadType()));
	}

	@Override
	public void onCommand(NodeCommand command) {
		if (command instanceof NodeCommand.CloseAll closeAll) {
			this.close.close(new CloseStatus(closeAll.code(), closeAll.reason()));
		}
		else {
			this.groups.forgetRecentMessages();
		}
	}

}
