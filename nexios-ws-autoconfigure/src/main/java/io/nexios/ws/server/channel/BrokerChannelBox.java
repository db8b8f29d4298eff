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

package io.nexios.ws.server.channel;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.channel.GroupMessage;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.observer.ServerObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.CloseStatus;

/**
 * Implements the groups of this node with a broker. A message goes from {@code groupSend}
 * to the broker, comes back in the broker's order, and is offered to the outbound queue
 * of every member.
 * <p>
 * Locks are taken in this order: a connection's entry in {@link Memberships}, a
 * {@link Group}, then the locks of the broker. Delivery, which comes from the broker,
 * does not take the first two.
 *
 * @author Nexios Team
 */
public final class BrokerChannelBox implements ChannelBox {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final Map<String, Group> groups = new ConcurrentHashMap<>();

	private final GroupBroker broker;

	private final ConnectionRegistry connections;

	private final JsonCodec json;

	private final Clock clock;

	private final ServerObserver observer;

	private final Memberships memberships;

	/**
	 * Create the groups and start the broker.
	 * @param broker transports the messages
	 * @param connections the open connections
	 * @param json writes payloads
	 * @param maxGroupsPerConnection how many groups a connection may be in
	 * @param clock gives the time at which a message is sent
	 * @param observer gets the number of deliveries
	 */
	public BrokerChannelBox(GroupBroker broker, ConnectionRegistry connections, JsonCodec json,
			int maxGroupsPerConnection, Clock clock, ServerObserver observer) {
		this.broker = broker;
		this.connections = connections;
		this.json = json;
		this.clock = clock;
		this.observer = observer;
		this.memberships = new Memberships(maxGroupsPerConnection, new GroupActions());
		broker.start(this::deliver);
	}

	private void deliver(BrokerMessage message) {
		Group group = this.groups.get(message.publication().group());
		if (group != null) {
			this.observer.groupDelivered(group.deliver(message, frames(message)));
		}
	}

	private SharedFrames frames(BrokerMessage message) {
		return new SharedFrames(message.publication().payload(), this.json);
	}

	@Override
	public ChannelAddStatus addChannelToGroup(Channel channel, String group) {
		return join(channel, group, false);
	}

	@Override
	public ChannelAddStatus joinWithHistory(Channel channel, String group) {
		return join(channel, group, true);
	}

	private ChannelAddStatus join(Channel channel, String group, boolean withHistory) {
		GroupName.check(group);
		return this.memberships.join(channel, group, withHistory);
	}

	@Override
	public ChannelRemoveStatus removeChannelFromGroup(Channel channel, String group) {
		GroupName.check(group);
		ChannelRemoveStatus status = this.memberships.leave(channel, group);
		return (status == ChannelRemoveStatus.CHANNEL_DOES_NOT_EXIST && !this.groups.containsKey(group))
				? ChannelRemoveStatus.GROUP_DOES_NOT_EXIST : status;
	}

	@Override
	public GroupSendStatus groupSend(String group, Object payload) {
		return groupSend(group, payload, SendOptions.create());
	}

	@Override
	public GroupSendStatus groupSend(String group, Object payload, SendOptions options) {
		GroupName.check(group);
		Payload encoded = SharedFrames.encode(payload, this.json);
		GroupBroker.Acceptance acceptance = await(this.broker.publish(new Publication(group, UUID.randomUUID(),
				this.clock.instant(), encoded, options.excludedChannelId(), options.isHistorySaved())));
		return acceptance.subscribed() ? GroupSendStatus.GROUP_SEND : GroupSendStatus.NO_SUCH_GROUP;
	}

	private static <T> T await(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	@Override
	public boolean sendTo(String channelId, Object payload) {
		SharedFrames frames = new SharedFrames(SharedFrames.encode(payload, this.json), this.json);
		Channel channel = this.connections.channel(channelId);
		return channel != null && ServerChannelConnection.of(channel).offer(frames, channel.payloadType());
	}

	@Override
	public Map<String, Set<Channel>> showGroups() {
		Map<String, Set<Channel>> snapshot = new HashMap<>();
		this.groups.forEach((name, group) -> {
			Set<Channel> channels = group.channels();
			if (!channels.isEmpty()) {
				snapshot.put(name, channels);
			}
		});
		return snapshot;
	}

	/**
	 * Return how many groups have members on this node.
	 * @return the number
	 */
	public int size() {
		return this.groups.size();
	}

	@Override
	public Set<Channel> channels(String group) {
		GroupName.check(group);
		Group existing = this.groups.get(group);
		return (existing != null) ? existing.channels() : Set.of();
	}

	@Override
	public List<GroupMessage> showHistory(String group) {
		GroupName.check(group);
		return toGroupMessages(await(this.broker.history(group)));
	}

	@Override
	public Map<String, List<GroupMessage>> showHistory() {
		Map<String, List<GroupMessage>> histories = new HashMap<>();
		await(this.broker.histories()).forEach((group, history) -> histories.put(group, toGroupMessages(history)));
		return histories;
	}

	private List<GroupMessage> toGroupMessages(List<BrokerMessage> history) {
		List<GroupMessage> messages = new ArrayList<>(history.size());
		history.forEach((message) -> messages.add(new HistoryMessage(message, this.json)));
		return messages;
	}

	@Override
	public void flushGroups() {
		showGroups()
			.forEach((group, channels) -> channels.forEach((channel) -> this.memberships.leave(channel, group)));
	}

	@Override
	public void flushHistory() {
		await(this.broker.clearHistories());
	}

	@Override
	public void closeAllConnections() {
		this.connections.closeAll(new CloseStatus(CloseStatus.GOING_AWAY.getCode(), ""));
	}

	/**
	 * Changes the members of groups. Each change and the related call of the broker
	 * happen together under the group's lock.
	 */
	private final class GroupActions implements Memberships.Actions {

		@Override
		public void join(Channel channel, String name, boolean withHistory) {
			Member member = new Member(channel, withHistory);
			Group group = lockedGroup(name);
			try {
				add(member, name, group, withHistory);
			}
			finally {
				group.unlock();
			}
			ServerChannelConnection.of(channel)
				.publish(GroupJoinedEvent.class, () -> new GroupJoinedEvent(channel, name));
		}

		private void add(Member member, String name, Group group, boolean withHistory) {
			boolean added = false;
			try {
				boolean first = group.isEmpty();
				group.add(member);
				if (first) {
					await(BrokerChannelBox.this.broker.subscribe(name));
				}
				if (withHistory) {
					ServerChannelConnection.of(member.channel()).whenOpened(() -> replay(member, name, group));
				}
				added = true;
			}
			finally {
				if (!added) {
					remove(member.channel(), name, group);
				}
			}
		}

		private void replay(Member member, String name, Group group) {
			if (group.contains(member)) {
				member.awaitHistory();
				member.replay(history(name));
			}
		}

		private Group lockedGroup(String name) {
			while (true) {
				Group group = BrokerChannelBox.this.groups.computeIfAbsent(name, (key) -> new Group());
				if (group.lock()) {
					return group;
				}
			}
		}

		private List<Member.Delivery> history(String name) {
			return await(BrokerChannelBox.this.broker.history(name)).stream()
				.map((message) -> new Member.Delivery(message, frames(message)))
				.toList();
		}

		@Override
		public boolean leave(Channel channel, String name) {
			boolean gone;
			Group group = lockedGroup(name);
			try {
				gone = remove(channel, name, group);
			}
			finally {
				group.unlock();
			}
			ServerChannelConnection.of(channel).publish(GroupLeftEvent.class, () -> new GroupLeftEvent(channel, name));
			return gone;
		}

		/**
		 * Remove a member, and the group with its last one.
		 * @param channel the member
		 * @param name the name of the group
		 * @param group the group, locked
		 * @return whether the group is gone
		 */
		private boolean remove(Channel channel, String name, Group group) {
			group.remove(channel);
			if (!group.isEmpty()) {
				return false;
			}
			group.discard();
			BrokerChannelBox.this.groups.remove(name, group);
			try {
				await(BrokerChannelBox.this.broker.unsubscribe(name));
			}
			catch (RuntimeException ex) {
				// A message that is delivered anyway finds no group
				logger.error(
						"Cannot unsubscribe at the broker from group '" + name + "', which has no members any more",
						ex);
			}
			return true;
		}

	}

}
