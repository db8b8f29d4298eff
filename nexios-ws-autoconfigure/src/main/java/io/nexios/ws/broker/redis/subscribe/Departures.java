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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are left later: those that are kept for a delay, and those that could
 * not be left. Used by one lane.
 *
 * @author Nexios Team
 */
final class Departures {

	static final int BATCH = 512;

	private static final int BATCHES_PER_TICK = 4;

	private final Queue<Departure> kept = new ArrayDeque<>();

	private final Queue<GroupSubscription> owing = new ArrayDeque<>();

	private final long delay;

	Departures(Duration delay) {
		this.delay = delay.toNanos();
	}

	/**
	 * Keep a group for the delay.
	 * @param group the group, which has ended its subscription
	 * @param now the time in nanoseconds
	 * @return whether there is a delay
	 */
	boolean keep(GroupSubscription group, long now) {
		if (this.delay > 0) {
			this.kept.add(new Departure(group, group.step(), now + this.delay));
		}
		return this.delay > 0;
	}

	/**
	 * Leave a group again when there is a connection.
	 * @param group the group
	 */
	void owe(GroupSubscription group) {
		this.owing.add(group);
	}

	/**
	 * Try again to leave some of the groups that could not be left.
	 */
	void retry() {
		for (int i = Math.min(BATCH, this.owing.size()); i > 0; i--) {
			GroupSubscription group = this.owing.remove();
			if (group.state() == SubscriptionState.OWING) {
				group.leave();
			}
		}
	}

	/**
	 * Leave the groups whose delay is over.
	 * @param now the time in nanoseconds
	 * @param connection the connection for messages, or {@code null}
	 */
	void tick(long now, @Nullable SubscriberConnection connection) {
		for (int i = 0; i < BATCHES_PER_TICK; i++) {
			List<GroupSubscription> groups = takeDue(now);
			if (!groups.isEmpty()) {
				leave(groups, connection);
			}
		}
	}

	private List<GroupSubscription> takeDue(long now) {
		List<GroupSubscription> due = new ArrayList<>();
		while (due.size() < BATCH && !this.kept.isEmpty() && this.kept.element().due() - now <= 0) {
			Departure departure = this.kept.remove();
			if (departure.group().step() == departure.step()) {
				due.add(departure.group());
			}
		}
		return due;
	}

	private static void leave(List<GroupSubscription> groups, @Nullable SubscriberConnection connection) {
		List<String> channels = groups.stream().map((group) -> group.keys().channel()).toList();
		CompletionStage<Void> unsubscribed = (connection != null) ? connection.unsubscribe(channels)
				: CompletableFuture.completedStage(null);
		groups.forEach((group) -> group.leave(unsubscribed));
	}

	private record Departure(GroupSubscription group, long step, long due) {

	}

}
