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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.feed.SubscriptionParts;
import io.nexios.ws.broker.redis.lane.Batches;
import io.nexios.ws.broker.redis.lane.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the channels of groups: those of new subscriptions, and those of all
 * subscriptions on a new connection. The connection makes one request at a time for all
 * lanes, so there is one batch of each lane. Used by one lane.
 *
 * @author Nexios Team
 */
final class ChannelRequests {

	static final int CHANNELS = 512;

	private final Batches<GroupStep> batches;

	private final Lane lane;

	private final LaneLink link;

	private final Runnable next;

	/**
	 * Create requests.
	 * @param lane the lane
	 * @param parts what all lanes have in common
	 * @param link the connections
	 * @param next sends what the confirmed groups need
	 */
	ChannelRequests(Lane lane, SubscriptionParts parts, LaneLink link, Runnable next) {
		this.lane = lane;
		this.link = link;
		this.next = next;
		this.batches = new Batches<>(lane, parts.time(), CHANNELS, 1, GroupStep::isCurrent, this::request);
	}

	Batches<GroupStep> batches() {
		return this.batches;
	}

	private CompletionStage<?> request(List<GroupStep> groups) {
		SubscriberConnection connection = this.link.connection();
		if (connection == null) {
			return CompletableFuture.completedStage(null);
		}
		List<String> channels = groups.stream().map((step) -> step.group().name().keys().channel()).toList();
		return connection.subscribe(channels)
			.whenComplete((confirmed, failure) -> this.lane.execute(() -> confirmed(connection, groups, failure)));
	}

	private void confirmed(SubscriberConnection connection, List<GroupStep> groups, @Nullable Throwable failure) {
		if (connection != this.link.connection()) {
			return;
		}
		boolean refused = false;
		for (GroupStep step : groups) {
			if (step.isCurrent()) {
				refused |= step.group().feed() != null && failure != null;
				step.group().confirmed(failure);
			}
		}
		this.next.run();
		if (refused && !(failure instanceof ConnectionLostException)) {
			connection.giveUp("Redis has refused to subscribe to a group");
		}
	}

}
