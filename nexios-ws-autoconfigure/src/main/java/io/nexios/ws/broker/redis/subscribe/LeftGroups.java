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

import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.feed.GroupRequests;
import io.nexios.ws.broker.redis.feed.SubscriptionParts;
import io.nexios.ws.broker.redis.lane.Batches;
import io.nexios.ws.broker.redis.lane.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Leaves groups: unsubscribes from their channels, and tells Redis that this node does
 * not ask for them any more. Used by one lane.
 *
 * @author Nexios Team
 */
final class LeftGroups {

	private final Batches<GroupStep> batches;

	private final Lane lane;

	private final LaneLink link;

	private final GroupRequests requests;

	LeftGroups(Lane lane, SubscriptionParts parts, LaneLink link) {
		this.lane = lane;
		this.link = link;
		this.requests = parts.requests();
		this.batches = new Batches<>(lane, parts.time(), ChannelRequests.CHANNELS, 1, GroupStep::isCurrent,
				this::request);
	}

	Batches<GroupStep> batches() {
		return this.batches;
	}

	private CompletionStage<?> request(List<GroupStep> groups) {
		CompletionStage<Boolean> unsubscribed = unsubscribe(groups).handle((result, failure) -> true);
		return CompletableFuture
			.allOf(groups.stream().map((step) -> forget(step, unsubscribed)).toArray(CompletableFuture[]::new));
	}

	private CompletionStage<Void> unsubscribe(List<GroupStep> groups) {
		SubscriberConnection connection = this.link.connection();
		if (connection == null) {
			return CompletableFuture.completedStage(null);
		}
		return connection.unsubscribe(groups.stream()
			.map(GroupStep::group)
			.filter((group) -> this.link.isConnected(group.reception().connection()))
			.map((group) -> group.name().keys().channel())
			.toList());
	}

	private CompletableFuture<?> forget(GroupStep step, CompletionStage<Boolean> unsubscribed) {
		return this.requests.forget(step.group().name().keys())
			.thenCombine(unsubscribed, (answer, result) -> result)
			.whenComplete((result, failure) -> this.lane.execute(() -> left(step, failure)))
			.handle((result, failure) -> true)
			.toCompletableFuture();
	}

	private static void left(GroupStep step, @Nullable Throwable failure) {
		if (step.isCurrent()) {
			step.group().left(failure);
		}
	}

}
