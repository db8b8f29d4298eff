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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.feed.GroupFeed;
import io.nexios.ws.broker.redis.feed.GroupName;
import io.nexios.ws.broker.redis.feed.StreamReads;
import io.nexios.ws.broker.redis.feed.SubscriptionParts;
import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.broker.redis.lane.LaneTask;

/**
 * The groups of one lane. Everything here is used by the lane.
 *
 * @author Nexios Team
 */
final class LaneGroups {

	private final Map<String, GroupSubscription> groups = new HashMap<>();

	private final LaneLink link = new LaneLink();

	private final Lane lane;

	private final SubscriptionParts parts;

	// The groups by their channel. All lanes change it, and the thread that reads from
	// Redis looks them up
	private final Map<String, GroupInbox> channels;

	private final LaneRequests requests;

	private final StreamReads reads;

	private final RegularChecks regular;

	private final Departures departures;

	private boolean closed;

	LaneGroups(Lane lane, SubscriptionParts parts, Map<String, GroupInbox> channels, Duration tick) {
		this.lane = lane;
		this.parts = parts;
		this.channels = channels;
		this.requests = new LaneRequests(lane, parts, this.link);
		this.reads = new StreamReads(lane, parts.requests(), parts.observer(), this.requests.checks()::retry);
		this.regular = new RegularChecks(this.requests.checks(), tick);
		this.departures = new Departures(parts.unsubscribeDelay());
	}

	boolean offer(LaneTask task) {
		return this.lane.offer(task);
	}

	void execute(LaneTask task) {
		this.lane.execute(task);
	}

	// What a group needs

	LaneLink link() {
		return this.link;
	}

	LaneRequests requests() {
		return this.requests;
	}

	GroupFeed newFeed(GroupName name) {
		return new GroupFeed(name, this.parts, this.reads);
	}

	boolean keep(GroupStep step) {
		return this.departures.keep(step, this.parts.time().nanoTime());
	}

	void owe(GroupStep step) {
		this.departures.owe(step);
	}

	// Calls

	void call(GroupName name, SubscriptionCall call) {
		if (this.closed) {
			call.fail(Unavailable.notConnected());
			return;
		}
		GroupSubscription group = this.groups.get(name.group());
		((group != null) ? group : add(name)).call(call);
	}

	private GroupSubscription add(GroupName name) {
		GroupSubscription added = new GroupSubscription(name, this);
		this.groups.put(name.group(), added);
		this.channels.put(name.keys().channel(), new GroupInbox(this, added));
		return added;
	}

	void remove(GroupSubscription group) {
		this.groups.remove(group.name().group(), group);
		this.channels.remove(group.name().keys().channel());
	}

	// Connections

	void connected(SubscriberConnection connection, int number) {
		if (this.closed) {
			return;
		}
		this.link.connected(connection, number);
		this.groups.values().forEach(GroupSubscription::reconnect);
		this.requests.sendAgain();
	}

	void disconnected() {
		this.link.disconnected();
		this.requests.disconnected();
		all().forEach(GroupSubscription::disconnected);
	}

	/**
	 * There is a connection for requests, or there is none any more.
	 * @param canAsk whether there is one
	 */
	void canAsk(boolean canAsk) {
		this.link.canAsk(canAsk);
		if (canAsk) {
			this.departures.retry();
			announce();
		}
	}

	/**
	 * Say again in Redis what this node asks for, and check all positions.
	 */
	void announce() {
		this.link.announced();
		for (GroupSubscription group : this.groups.values()) {
			GroupFeed feed = group.feed();
			if (feed != null) {
				this.requests.checks().need(feed);
			}
		}
		this.requests.checks().send();
	}

	void tick(long now) {
		this.requests.tick(now);
		this.departures.tick(now);
		if (this.link.canAsk()) {
			this.departures.retry();
			this.regular.tick(this.groups.values());
			this.requests.checks().tick(now);
		}
	}

	void close() {
		this.closed = true;
		this.link.disconnected();
		for (GroupSubscription group : all()) {
			group.close();
			remove(group);
		}
	}

	// A group may be removed meanwhile
	private List<GroupSubscription> all() {
		return List.copyOf(this.groups.values());
	}

}
