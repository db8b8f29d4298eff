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

import java.util.List;

import io.nexios.ws.broker.redis.feed.PositionChecks;
import io.nexios.ws.broker.redis.feed.SubscriptionParts;
import io.nexios.ws.broker.redis.lane.Batches;
import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.channel.GroupsUnavailableException;

/**
 * The requests of one lane for its groups. What one step of a group needs is sent with
 * what other groups need, see {@link Batches}. A subscription that waits here for longer
 * than its caller does fails. Used by this lane.
 *
 * @author Nexios Team
 */
final class LaneRequests {

	private final PositionChecks checks;

	private final ChannelRequests channels;

	private final NewGroups added;

	private final LeftGroups left;

	private final long timeout;

	LaneRequests(Lane lane, SubscriptionParts parts, LaneLink link) {
		this.checks = new PositionChecks(lane, parts);
		this.channels = new ChannelRequests(lane, parts, link, this::sendConfirmed);
		this.added = new NewGroups(lane, parts);
		this.left = new LeftGroups(lane, parts, link);
		this.timeout = parts.timeout().toNanos();
	}

	private void sendConfirmed() {
		this.added.batches().send();
		this.checks.send();
	}

	PositionChecks checks() {
		return this.checks;
	}

	/**
	 * Subscribe to the channel of a group.
	 * @param step the step of the group
	 */
	void subscribe(GroupStep step) {
		this.channels.batches().add(step);
		this.channels.batches().send();
	}

	/**
	 * Subscribe to the channel of a group on a new connection.
	 * @param step the step of the group. It is sent by {@link #sendAgain()}
	 */
	void subscribeAgain(GroupStep step) {
		this.channels.batches().add(step);
	}

	void sendAgain() {
		this.channels.batches().send();
	}

	/**
	 * Ask for a group whose channel is confirmed. It is sent with the others of its
	 * batch.
	 * @param step the step of the group
	 */
	void ask(GroupStep step) {
		this.added.batches().add(step);
	}

	/**
	 * Leave a group.
	 * @param step the step of the group
	 */
	void leave(GroupStep step) {
		this.left.batches().add(step);
		this.left.batches().send();
	}

	void disconnected() {
		this.channels.batches().clear();
	}

	/**
	 * Look at the time.
	 * @param now the time in nanoseconds
	 */
	void tick(long now) {
		fail(this.channels.batches().expire(now, this.timeout, (step) -> step.group().state().isSubscription()));
		fail(this.added.batches().expire(now, this.timeout, (step) -> true));
	}

	private static void fail(List<GroupStep> expired) {
		for (GroupStep step : expired) {
			if (step.isCurrent()) {
				step.group().fail(new GroupsUnavailableException("Redis has too much to do", null));
			}
		}
	}

}
