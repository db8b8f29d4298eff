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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.feed.DeliveryGate;
import io.nexios.ws.broker.redis.feed.GroupFeed;
import io.nexios.ws.broker.redis.feed.GroupName;
import io.nexios.ws.broker.redis.feed.GroupRequests;
import io.nexios.ws.broker.redis.feed.SubscriptionParts;
import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.broker.redis.lane.LaneLog;
import io.nexios.ws.broker.redis.lane.NodeChannel;
import io.nexios.ws.broker.redis.lane.NodeChannels;
import io.nexios.ws.broker.redis.lane.Ticks;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.server.thread.CheckInterval;
import io.nexios.ws.spi.TimeSource;

/**
 * The groups to which this node is subscribed. Their messages are delivered in order, or
 * are reported as lost.
 * <p>
 * Each group belongs to one of several lanes by its hash. Everything that happens to it
 * is a task of this lane: calls, messages, answers of Redis, changes of connections, and
 * ticks of time. So the order of the tasks is the order of the effects, and nothing needs
 * a lock. No task waits. What one group does is described in {@link GroupSubscription},
 * and what it delivers in {@link GroupFeed}.
 * <p>
 * A new connection for messages first lets all groups hold what arrives. Then it
 * subscribes to their channels, and then their positions are checked. If there is no
 * connection for requests, they are checked as soon as there is one.
 * <p>
 * Two threads may call for the same group while its delay ends and the connections
 * change. Their order is that in which the tasks were added to the lane. So a call and
 * the end of the delay never overlap, and {@link GroupSubscription} decides what each of
 * them still has to do. A call that returns before another one begins takes effect before
 * it. It is not guaranteed in which order calls that overlap take effect.
 *
 * @author Nexios Team
 */
public final class Subscriptions implements AutoCloseable {

	private final Map<String, GroupInbox> channels = new ConcurrentHashMap<>();

	private final DeliveryGate gate = new DeliveryGate();

	private final RedisNames names;

	private final RedisObserver observer;

	private final List<LaneGroups> lanes;

	private final Lane first;

	private final NodeChannels node;

	private final Probe probe;

	private final SubscriptionLinks links;

	private final Ticks ticks;

	/**
	 * Create subscriptions.
	 * @param settings the settings
	 * @param names the names in Redis
	 * @param commands makes the requests for groups
	 * @param publish publishes the probe
	 * @param members returns how many members a group has on this node. Must not block
	 * @param node the channels that are not those of groups
	 * @param time the time
	 * @param executor runs the lanes, also after the server has stopped
	 * @param observer is told what happens
	 */
	public Subscriptions(SubscriptionSettings settings, RedisNames names, RedisCalls commands, RedisCalls publish,
			ToIntFunction<String> members, List<NodeChannel> node, TimeSource time, Executor executor,
			RedisObserver observer) {
		LaneLog log = new LaneLog(time);
		this.names = names;
		this.observer = observer;
		Duration tick = CheckInterval.of(settings.unsubscribeDelay(), settings.probeInterval(), settings.timeout());
		SubscriptionParts parts = new SubscriptionParts(
				new GroupRequests(commands, names, settings.node(), settings.metaTtl(), members), this.gate, observer,
				time, log, settings.unsubscribeDelay(), settings.timeout());
		List<Lane> lanes = IntStream.range(0, settings.lanes()).mapToObj((i) -> new Lane(executor, log)).toList();
		this.lanes = lanes.stream().map((lane) -> new LaneGroups(lane, parts, this.channels, tick)).toList();
		this.first = lanes.get(0);
		this.node = new NodeChannels(this.first, node);
		this.probe = new Probe(this.first, names.probe(settings.node()), settings.probeInterval(), publish, observer);
		this.ticks = new Ticks(time, tick, this::tick);
		this.links = new SubscriptionLinks(this.lanes, this.first, this.node, this.probe, time);
	}

	/**
	 * Start delivering messages.
	 * @param subscriber receives messages and losses
	 */
	public void start(Subscriber subscriber) {
		this.gate.open(subscriber);
		this.ticks.start();
	}

	private void tick(long now) {
		this.lanes.forEach((lane) -> lane.execute(() -> lane.tick(now)));
		this.first.execute(() -> this.probe.tick(now));
	}

	// Calls

	/**
	 * Subscribe to a group. Calls for one group take effect in their order.
	 * @param group the group
	 * @return a stage that completes with a position. Every message that is accepted
	 * after it will be delivered, or will be reported as lost. The stage completes before
	 * the first message is delivered. It fails with a {@link GroupsUnavailableException},
	 * at once if it is known that there is no connection
	 */
	public CompletionStage<Position> subscribe(String group) {
		CompletableFuture<Position> stage = new CompletableFuture<>();
		call(group, new SubscriptionCall(stage, null));
		return stage.minimalCompletionStage();
	}

	/**
	 * Unsubscribe from a group.
	 * @param group the group
	 * @return a stage that completes when no message is delivered any more
	 */
	public CompletionStage<Void> unsubscribe(String group) {
		CompletableFuture<Void> stage = new CompletableFuture<>();
		call(group, new SubscriptionCall(null, stage));
		return stage.minimalCompletionStage();
	}

	private void call(String group, SubscriptionCall call) {
		try {
			GroupName name = new GroupName(group, this.names.group(group));
			LaneGroups lane = this.lanes.get(Math.floorMod(group.hashCode(), this.lanes.size()));
			if (!lane.offer(() -> lane.call(name, call))) {
				call.fail(new GroupsUnavailableException("Too much waits for the groups", null));
			}
		}
		catch (IllegalArgumentException ex) {
			call.fail(ex);
		}
	}

	/**
	 * Say again in Redis what this node asks for, and check all positions. For a node
	 * whose lease is gone, and for a Redis that has lost its data.
	 */
	public void announce() {
		this.lanes.forEach((lane) -> lane.execute(lane::announce));
	}

	/**
	 * Return how many groups Redis or this node has to do with.
	 * @return the number of groups
	 */
	public int groups() {
		return this.channels.size();
	}

	// Connections

	/**
	 * Return a listener for the next connection for messages. Each attempt to connect
	 * needs its own. What comes from the connections before is ignored from now on.
	 * @return the listener
	 */
	public MessageListener listener() {
		return this.links.next((number) -> new ChannelReader(number, this.links::newest, this.channels, this.node,
				this.probe, this.observer));
	}

	/**
	 * Return what has to be told about the connection for messages.
	 * @return the listener
	 */
	public LinkListener<SubscriberConnection> subscribeLink() {
		return this.links.subscribe();
	}

	/**
	 * Return what has to be told about the connection for requests.
	 * @return the listener
	 */
	public LinkListener<RedisConnection> commandsLink() {
		return this.links.commands();
	}

	/**
	 * Stop delivering messages. What waits fails. Redis is not told.
	 */
	@Override
	public void close() {
		this.ticks.close();
		this.gate.close();
		this.lanes.forEach((lane) -> lane.execute(lane::close));
	}

}
