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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one lane. Everything here is used by the lane.
 *
 * @author Nexios Team
 */
final class LaneGroups {

	private static final int CHANNELS = 512;

	private final Map<String, GroupSubscription> groups = new HashMap<>();

	private final Lane lane;

	private final Map<String, GroupInbox> channels;

	private final GroupRequests requests;

	private final TimeSource time;

	private final SubscriptionParts parts;

	private final StreamReads reads;

	private final PositionChecks checks;

	private final RegularChecks regular;

	private final Departures departures;

	private @Nullable SubscriberConnection connection;

	private int connectionNumber;

	private long announcement;

	private boolean canAsk;

	private boolean closed;

	LaneGroups(Lane lane, SubscriptionParts parts, Duration tick) {
		this.lane = lane;
		this.channels = parts.channels();
		this.requests = parts.requests();
		this.time = parts.time();
		this.checks = new PositionChecks(lane, this.requests);
		this.regular = new RegularChecks(this.checks, tick);
		this.departures = new Departures(parts.unsubscribeDelay());
		this.parts = parts;
		this.reads = new StreamReads(lane, this.requests, parts.observer(), this.checks::retry);
	}

	boolean offer(LaneTask task) {
		return this.lane.offer(task);
	}

	void execute(LaneTask task) {
		this.lane.execute(task);
	}

	GroupRequests requests() {
		return this.requests;
	}

	PositionChecks checks() {
		return this.checks;
	}

	Departures departures() {
		return this.departures;
	}

	GroupFeed newFeed(String group, GroupKeys keys) {
		return new GroupFeed(group, keys, this.parts, this.reads);
	}

	boolean keep(GroupSubscription group) {
		return this.departures.keep(group, this.time.nanoTime());
	}

	// Calls

	void call(String group, GroupKeys keys, SubscriptionCall call) {
		if (this.closed) {
			call.fail(Unavailable.notConnected());
			return;
		}
		this.groups.computeIfAbsent(group, (name) -> add(name, keys)).call(call);
	}

	private GroupSubscription add(String group, GroupKeys keys) {
		GroupSubscription added = new GroupSubscription(group, keys, this);
		this.channels.put(keys.channel(), new GroupInbox(this, added));
		return added;
	}

	void remove(GroupSubscription group) {
		this.groups.remove(group.group(), group);
		this.channels.remove(group.keys().channel());
	}

	// Connections

	@Nullable SubscriberConnection connection() {
		return this.connection;
	}

	int connectionNumber() {
		return this.connectionNumber;
	}

	boolean isConnected(int number) {
		return this.connection != null && this.connectionNumber == number;
	}

	/**
	 * Return whether there is a connection for requests.
	 * @return whether there is one
	 */
	boolean canAsk() {
		return this.canAsk;
	}

	/**
	 * Return how often everything was announced again.
	 * @return the number
	 */
	long announcement() {
		return this.announcement;
	}

	void connected(SubscriberConnection connection, int number) {
		if (this.closed) {
			return;
		}
		this.connection = connection;
		this.connectionNumber = number;
		List<String> channels = new ArrayList<>();
		List<GroupFeed> feeds = new ArrayList<>();
		for (GroupSubscription group : this.groups.values()) {
			GroupFeed feed = group.reconnect(channels);
			if (feed != null) {
				feeds.add(feed);
			}
		}
		for (int i = 0; i < feeds.size(); i += CHANNELS) {
			int end = Math.min(feeds.size(), i + CHANNELS);
			subscribe(connection, channels.subList(i, end), feeds.subList(i, end));
		}
	}

	private void subscribe(SubscriberConnection connection, List<String> channels, List<GroupFeed> feeds) {
		connection.subscribe(channels)
			.whenComplete((confirmed, failure) -> execute(() -> confirmed(connection, feeds, failure)));
	}

	private void confirmed(SubscriberConnection connection, List<GroupFeed> feeds, @Nullable Throwable failure) {
		if (connection != this.connection) {
			return;
		}
		if (failure == null) {
			feeds.forEach(GroupFeed::confirm);
			feeds.forEach(this.checks::need);
			this.checks.send();
		}
		else if (!(failure instanceof ConnectionLostException)) {
			connection.giveUp("Redis has refused to subscribe to a group");
		}
	}

	void disconnected() {
		this.connection = null;
		all().forEach(GroupSubscription::disconnected);
	}

	/**
	 * There is a connection for requests, or there is none any more.
	 * @param canAsk whether there is one
	 */
	void canAsk(boolean canAsk) {
		this.canAsk = canAsk;
		if (canAsk) {
			this.departures.retry();
			announce();
		}
	}

	/**
	 * Say again in Redis what this node asks for, and check all positions.
	 */
	void announce() {
		this.announcement++;
		for (GroupSubscription group : this.groups.values()) {
			GroupFeed feed = group.feed();
			if (feed != null) {
				this.checks.need(feed);
			}
		}
		this.checks.send();
	}

	void tick(long now) {
		this.departures.tick(now, this.connection);
		if (this.canAsk) {
			this.departures.retry();
			this.regular.tick(this.groups.values());
			this.checks.tick(now);
		}
	}

	void close() {
		this.closed = true;
		this.connection = null;
		for (GroupSubscription group : all()) {
			group.close();
			remove(group);
		}
	}

	private List<GroupSubscription> all() {
		return List.copyOf(this.groups.values());
	}

}
