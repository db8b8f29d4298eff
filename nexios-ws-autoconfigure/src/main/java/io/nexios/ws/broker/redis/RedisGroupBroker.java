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

package io.nexios.ws.broker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.PresenceStore;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.broker.redis.EngineState.Link;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.connection.RedisLink;
import io.nexios.ws.broker.redis.connection.ServerPreparation;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.history.HistoryReads;
import io.nexios.ws.broker.redis.node.LeaseListener;
import io.nexios.ws.broker.redis.node.LiveNodes;
import io.nexios.ws.broker.redis.node.NodeId;
import io.nexios.ws.broker.redis.node.NodeSettings;
import io.nexios.ws.broker.redis.node.RedisNode;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.peer.PeerSettings;
import io.nexios.ws.broker.redis.peer.Peers;
import io.nexios.ws.broker.redis.presence.RedisPresence;
import io.nexios.ws.broker.redis.publish.PublishSettings;
import io.nexios.ws.broker.redis.publish.Publisher;
import io.nexios.ws.broker.redis.subscribe.SubscriptionSettings;
import io.nexios.ws.broker.redis.subscribe.Subscriptions;
import io.nexios.ws.broker.redis.ticket.RedisTickets;
import io.nexios.ws.broker.redis.wire.MetaLifetime;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.spi.TimeSource;
import io.nexios.ws.ticket.TicketStore;
import org.jspecify.annotations.Nullable;

/**
 * Broker between nodes that use the same Redis and the same prefix of keys.
 * <p>
 * It has three connections: one publishes, one reads and says what this node asks for,
 * and one receives messages. A connection that fails is replaced. What was missed
 * meanwhile is read from Redis, or is reported as lost.
 *
 * @author Nexios Team
 */
public final class RedisGroupBroker implements GroupBroker {

	private static final int LANES = Runtime.getRuntime().availableProcessors();

	private final String node = NodeId.next();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final EngineState state = new EngineState(this::report);

	private final RedisSettings settings;

	private final TimeSource time;

	private final Publisher publisher;

	private final Subscriptions subscriptions;

	private final HistoryReads reads;

	private final RedisTickets tickets;

	private final RedisNode lease;

	private final Peers peers;

	private final RedisPresence presence;

	private final RedisLink<RedisConnection> publishing;

	private final RedisLink<RedisConnection> commands;

	private final RedisLink<SubscriberConnection> subscribing;

	private volatile @Nullable Subscriber subscriber;

	/**
	 * Create a broker.
	 * @param connector opens connections. It remains that of the caller
	 * @param settings the settings
	 * @param limits the limits of histories
	 * @param time the time
	 * @param executor delivers messages, also after the server has stopped
	 * @param observer is told what happens
	 */
	public RedisGroupBroker(RedisConnector connector, RedisSettings settings, HistoryLimits limits, TimeSource time,
			Executor executor, RedisObserver observer) {
		RedisNames names = new RedisNames(settings.keyPrefix());
		this.settings = settings;
		this.time = time;
		this.publisher = new Publisher(new PublishSettings(names, this.node, settings.publishTimeout(),
				settings.maxPending(), (group) -> limits), time, observer, this::mayPublish);
		this.publishing = new RedisLink<>("publish", () -> connector.connect(),
				ServerPreparation.<RedisConnection>create().then(this.publisher.preparation()::apply), time, observer);
		this.commands = new RedisLink<>("commands", () -> connector.connect(), ServerPreparation.create(), time,
				observer);
		LiveNodes nodes = new LiveNodes(names, this.commands);
		this.peers = new Peers(new PeerSettings(names, this.node, settings.publishTimeout()), this.publishing, nodes,
				time, observer);
		this.presence = new RedisPresence(names, this.node, this.commands, nodes, time, observer);
		this.subscriptions = new Subscriptions(
				new SubscriptionSettings(this.node, LANES, settings.unsubscribeDelay(), settings.probeInterval(),
						settings.publishTimeout(), MetaLifetime.of(limits)),
				names, this.commands, this.publishing, this.presence::members, this.peers.channels(), time, executor,
				observer);
		this.subscribing = new RedisLink<>("subscribe", () -> connector.connect(this.subscriptions.listener()),
				ServerPreparation.create(), time, observer);
		this.reads = new HistoryReads(this.commands, names, (group) -> limits, MetaLifetime.of(limits),
				settings.publishTimeout(), time);
		this.tickets = new RedisTickets(this.commands, names, time);
		this.lease = new RedisNode(new NodeSettings(names, this.node, settings.lease()), this.commands, time,
				new NewLease(), this::membersLost);
		listen();
	}

	private boolean mayPublish() {
		return !this.lease.isLeaseOver();
	}

	private void listen() {
		this.publishing.listen(this.publisher);
		this.publishing.listen(this.state.of(Link.PUBLISH));
		this.commands.listen(new LeaseRenewal());
		this.commands.listen(this.subscriptions.commandsLink());
		this.commands.listen(this.presence.commandsLink());
		this.commands.listen(this.state.of(Link.COMMANDS));
		this.subscribing.listen(this.subscriptions.subscribeLink());
		this.subscribing.listen(this.state.of(Link.SUBSCRIBE));
	}

	private void report(BrokerState change) {
		Subscriber subscriber = this.subscriber;
		if (subscriber != null) {
			subscriber.onState(change);
		}
	}

	private void membersLost(String group, List<byte[]> listed) {
		Subscriber subscriber = this.subscriber;
		if (subscriber != null) {
			subscriber.onMembersLost(group, this.presence.read(listed));
		}
	}

	@Override
	public void start(Subscriber subscriber) {
		this.subscriber = subscriber;
		this.subscriptions.start(subscriber);
		this.peers.start(subscriber);
		this.publishing.start();
		this.commands.start();
		this.subscribing.start();
		this.lease.start();
	}

	@Override
	public String nodeId() {
		return this.node;
	}

	@Override
	public BrokerState state() {
		return this.state.state();
	}

	@Override
	public Duration timeout() {
		return this.settings.publishTimeout();
	}

	@Override
	public CompletionStage<Position> subscribe(String group) {
		return this.subscriptions.subscribe(group);
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		return this.subscriptions.unsubscribe(group);
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		return this.publisher.publish(publication);
	}

	@Override
	public CompletionStage<History> history(String group, @Nullable Position after) {
		return this.reads.history(group, after);
	}

	@Override
	public CompletionStage<Position> position(String group) {
		return this.reads.position(group);
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		return this.reads.histories(maxGroups);
	}

	@Override
	public CompletionStage<Void> clearHistories() {
		return this.reads.clearHistories();
	}

	@Override
	public CompletionStage<Boolean> sendTo(String channelId, Payload payload) {
		return this.peers.sendTo(channelId, payload);
	}

	@Override
	public CompletionStage<Set<String>> command(NodeCommand command) {
		return this.peers.command(command);
	}

	@Override
	public PresenceStore presence() {
		return this.presence;
	}

	/**
	 * Return the tickets of all nodes.
	 * @return the store of the tickets
	 */
	public TicketStore tickets() {
		return this.tickets;
	}

	/**
	 * Return the size of the messages that Redis has not accepted yet.
	 * @return the number of bytes
	 */
	public long pendingBytes() {
		return this.publisher.pendingBytes();
	}

	/**
	 * Return how many groups this node has asked for.
	 * @return the number of groups
	 */
	public int groups() {
		return this.subscriptions.groups();
	}

	/**
	 * Stop. Messages that wait for Redis are sent before. Then this node takes back what
	 * it has asked for, and the connections end. Each of these steps takes the publish
	 * timeout at most.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			await(this.publisher.flushed());
			this.subscriptions.close();
			this.publisher.close();
			this.peers.close();
			this.presence.close();
			await(this.lease.stop(this.settings.publishTimeout()));
			this.subscriber = null;
			await(this.publishing.close());
			await(this.commands.close());
			await(this.subscribing.close());
		}
	}

	private void await(CompletionStage<Void> stage) {
		CompletableFuture<Void> end = new CompletableFuture<>();
		stage.whenComplete((done, failure) -> end.complete(null));
		TimeSource.Timer timer = this.time.schedule(() -> end.complete(null), this.settings.publishTimeout());
		end.join();
		timer.cancel();
	}

	/**
	 * Renews the lease on each new connection.
	 */
	private final class LeaseRenewal implements LinkListener<RedisConnection> {

		@Override
		public void onUp(RedisConnection connection) {
			RedisGroupBroker.this.lease.onConnected();
		}

		@Override
		public void onDown(String reason) {
		}

	}

	/**
	 * Announces this node again.
	 */
	private final class NewLease implements LeaseListener {

		@Override
		public void onNewLease() {
			RedisGroupBroker.this.publisher.forgetOwned();
			RedisGroupBroker.this.subscriptions.announce();
			RedisGroupBroker.this.presence.announce();
		}

		@Override
		public void onLease() {
			RedisGroupBroker.this.publisher.proceed();
		}

	}

}
