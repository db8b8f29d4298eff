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

package io.nexios.ws.broker.redis.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.cursor.ScriptAnswers;
import io.nexios.ws.broker.redis.lane.Batches;
import io.nexios.ws.broker.redis.lane.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Checks positions, 256 groups with one request, at most {@value #MAX_IN_FLIGHT} requests
 * at a time. A group whose check or read has failed is checked again after a second,
 * three times at most. Then it waits for the next regular check, or for a new connection.
 * Used by one lane.
 *
 * @author Nexios Team
 */
public final class PositionChecks {

	/** The number of groups in one request. */
	public static final int GROUPS = 256;

	/** The number of requests at a time. */
	public static final int MAX_IN_FLIGHT = 4;

	private static final long RETRY = Duration.ofSeconds(1).toNanos();

	private final Queue<Retry> retries = new ArrayDeque<>();

	private final Batches<GroupFeed> batches;

	private final Lane lane;

	private final GroupRequests requests;

	private long now;

	public PositionChecks(Lane lane, SubscriptionParts parts) {
		this.lane = lane;
		this.requests = parts.requests();
		this.batches = new Batches<>(lane, parts.time(), GROUPS, MAX_IN_FLIGHT, GroupFeed::isCheckable, this::request);
	}

	/**
	 * Check a position as soon as possible, and repair what is missing.
	 * @param feed the feed of the group
	 */
	public void need(GroupFeed feed) {
		this.batches.add(feed);
	}

	/**
	 * Send what is needed.
	 */
	public void send() {
		this.batches.send();
	}

	private CompletionStage<?> request(List<GroupFeed> feeds) {
		long[] tickets = feeds.stream().mapToLong(GroupFeed::beginCheck).toArray();
		return this.requests.positions(feeds.stream().map(GroupFeed::name).toList())
			.whenComplete((answers, failure) -> this.lane.execute(() -> answered(feeds, tickets, answers)));
	}

	private void answered(List<GroupFeed> feeds, long[] tickets, @Nullable List<?> answers) {
		for (int i = 0; i < tickets.length; i++) {
			Position position = (answers != null) ? ScriptAnswers.position(answers.get(i)) : null;
			if (position != null) {
				feeds.get(i).checked(tickets[i], position);
			}
			else {
				retry(feeds.get(i));
			}
		}
	}

	/**
	 * Check a position after a failure.
	 * @param feed the feed of the group
	 */
	public void retry(GroupFeed feed) {
		if (feed.isCheckable() && feed.countFailure()) {
			this.retries.add(new Retry(feed, this.now + RETRY));
		}
	}

	/**
	 * Look at the time.
	 * @param now the time in nanoseconds
	 */
	public void tick(long now) {
		this.now = now;
		while (!this.retries.isEmpty() && this.retries.element().due() - now <= 0) {
			need(this.retries.remove().feed());
		}
		send();
	}

	private record Retry(GroupFeed feed, long due) {

	}

}
