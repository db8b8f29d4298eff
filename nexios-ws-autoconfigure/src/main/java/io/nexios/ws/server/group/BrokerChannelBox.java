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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupMessage;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.channel.SharedFrames;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.group.broker.BrokerCalls;
import io.nexios.ws.server.group.broker.Waits;
import io.nexios.ws.server.group.delivery.Group;
import io.nexios.ws.server.group.delivery.Groups;
import io.nexios.ws.server.group.delivery.Member;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.server.group.delivery.RecentHistories;
import io.nexios.ws.server.group.delivery.RecentMessages;
import io.nexios.ws.server.group.delivery.RecentReads;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

/**
 * The groups of this node. A message goes from {@link GroupSends} to the broker, comes
 * back in the broker's order to {@link BrokerDeliveries}, and is offered to the outbound
 * queue of every {@link Member} of its {@link Group}. {@link Joins} adds members.
 * <p>
 * Locks are taken in this order: a connection's entry in {@link Memberships}, a
 * {@link Group}, its {@link RecentMessages}. A {@link Member} takes its own lock without
 * that of the group. No lock is held while somebody waits for the broker, or calls it.
 *
 * @author Nexios Team
 */
public final class BrokerChannelBox implements ChannelBox {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private static final int MAX_HISTORIES = 1_000;

	private final ConnectionRegistry connections;

	private final JsonCodec json;

	private final BrokerCalls broker;

	private final Waits waits;

	private final Groups groups;

	private final Memberships memberships;

	private final Joins joins;

	private final GroupSends sends;

	private final Presence presence;

	private final BatchedClose close;

	/**
	 * Create the groups and start the broker.
	 * @param broker transports the messages
	 * @param connections the open connections
	 * @param json writes payloads
	 * @param settings the limits
	 * @param threads run what applications attach to stages
	 * @param time the time and the timers
	 * @param events gets losses and changes of the broker's state
	 * @param observer gets the number of deliveries
	 */
	public BrokerChannelBox(GroupBroker broker, ConnectionRegistry connections, JsonCodec json, GroupSettings settings,
			ServerThreads threads, TimeSource time, EventSink events, ServerObserver observer) {
		this.connections = connections;
		this.json = json;
		this.broker = new BrokerCalls(broker, time);
		this.waits = new Waits(time, broker.timeout(), threads);
		this.groups = new Groups(this.broker, this.waits, json);
		this.presence = new Presence(broker.presence(), this.groups, this.waits);
		this.memberships = new Memberships(settings.maxGroupsPerConnection(), new Leavings(this.groups, this.presence));
		this.close = new BatchedClose(connections, settings.closePace(), time);
		BrokerDeliveries deliveries = new BrokerDeliveries(this.groups, connections, this.close, json,
				new GroupLosses(threads, events, observer), new EngineStates(threads, events, new EngineStateLog(time)),
				observer);
		RecentReads recents = new RecentReads(new RecentHistories(settings.history(), time), this.broker, this.waits,
				deliveries);
		this.joins = new Joins(this.groups, this.memberships, recents, new JoinRequests(this.memberships, json, time),
				this.broker, this.waits, this.presence, settings, observer);
		this.sends = new GroupSends(this.broker, this.waits, json, time, threads);
		broker.start(deliveries);
	}

	// Members

	@Override
	public ChannelAddStatus addChannelToGroup(Channel channel, String group) {
		return join(channel, group, JoinOptions.create()).status();
	}

	@Override
	public ChannelAddStatus joinWithHistory(Channel channel, String group) {
		return join(channel, group, JoinOptions.create().withHistory()).status();
	}

	@Override
	public JoinResult join(Channel channel, String group, JoinOptions options) {
		GroupName.check(group);
		return this.joins.join(channel, group, options);
	}

	@Override
	public ChannelRemoveStatus removeChannelFromGroup(Channel channel, String group) {
		GroupName.check(group);
		Boolean last = this.memberships.leave(channel, group);
		if (last == null) {
			return channels(group).isEmpty() ? ChannelRemoveStatus.GROUP_DOES_NOT_EXIST
					: ChannelRemoveStatus.CHANNEL_DOES_NOT_EXIST;
		}
		return last ? ChannelRemoveStatus.GROUP_REMOVED : ChannelRemoveStatus.CHANNEL_REMOVED;
	}

	@Override
	public Map<String, Set<Channel>> showGroups() {
		Map<String, Set<Channel>> snapshot = new HashMap<>();
		this.groups.all().forEach((name, group) -> {
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
		return (int) this.groups.all().values().stream().filter((group) -> group.size() > 0).count();
	}

	/**
	 * Return whether the broker works.
	 * @return the state at this moment
	 */
	public BrokerState state() {
		return this.broker.state();
	}

	@Override
	public Set<Channel> channels(String group) {
		GroupName.check(group);
		Group existing = this.groups.find(group);
		return (existing != null) ? existing.channels() : Set.of();
	}

	@Override
	public GroupPresence presence(String group) {
		GroupName.check(group);
		return this.presence.of(group);
	}

	@Override
	public void flushGroups() {
		showGroups()
			.forEach((group, channels) -> channels.forEach((channel) -> this.memberships.leave(channel, group)));
	}

	@Override
	public void closeAllConnections() {
		CloseStatus status = new CloseStatus(CloseStatus.GOING_AWAY.getCode(), "");
		this.broker.command(new NodeCommand.CloseAll(status.getCode(), ""));
		this.close.close(status);
	}

	// Messages

	@Override
	public GroupSendStatus groupSend(String group, Object payload) {
		return groupSend(group, payload, SendOptions.create());
	}

	@Override
	public GroupSendStatus groupSend(String group, Object payload, SendOptions options) {
		GroupName.check(group);
		return this.sends.send(group, payload, options);
	}

	@Override
	public CompletionStage<GroupSendStatus> groupSendAsync(String group, Object payload, SendOptions options) {
		GroupName.check(group);
		return this.sends.sendAsync(group, payload, options);
	}

	@Override
	public boolean sendTo(String channelId, Object payload) {
		Payload encoded = SharedFrames.encode(payload, this.json);
		return BrokerDeliveries.sendTo(channelId, encoded, this.connections, this.json)
				|| this.sends.sendTo(channelId, encoded);
	}

	// History

	@Override
	public List<GroupMessage> showHistory(String group) {
		GroupName.check(group);
		return toGroupMessages(this.waits.await(this.broker.history(group)).messages());
	}

	@Override
	public Map<String, List<GroupMessage>> showHistory() {
		Map<String, List<BrokerMessage>> kept = this.waits.awaitAll(this.broker.histories(MAX_HISTORIES + 1));
		Assert.state(kept != null, "The broker has returned nothing");
		if (kept.size() > MAX_HISTORIES) {
			logger.warn("More than " + MAX_HISTORIES + " groups have a history. The rest is not shown");
		}
		Map<String, List<GroupMessage>> histories = new HashMap<>();
		kept.entrySet()
			.stream()
			.limit(MAX_HISTORIES)
			.forEach((entry) -> histories.put(entry.getKey(), toGroupMessages(entry.getValue())));
		return histories;
	}

	private List<GroupMessage> toGroupMessages(List<BrokerMessage> history) {
		List<GroupMessage> messages = new ArrayList<>(history.size());
		history.forEach((message) -> messages.add(new HistoryMessage(message, this.json)));
		return messages;
	}

	@Override
	public void flushHistory() {
		this.waits.awaitAll(this.broker.clearHistories());
		this.groups.forgetRecentMessages();
		this.broker.command(new NodeCommand.ForgetHistories());
	}

	@Override
	public String position(String group) {
		GroupName.check(group);
		return new PositionTokens(group).write(this.waits.await(this.broker.position(group)));
	}

}
