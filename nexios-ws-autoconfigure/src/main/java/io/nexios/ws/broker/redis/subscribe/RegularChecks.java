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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

import io.nexios.ws.broker.redis.feed.GroupFeed;
import io.nexios.ws.broker.redis.feed.PositionChecks;

/**
 * Chooses the groups whose position is checked though nothing has happened: each group
 * once in 30 seconds, or once in 60 seconds if it is busy, spread over this time. Used by
 * one lane.
 *
 * @author Nexios Team
 */
final class RegularChecks {

	static final Duration INTERVAL = Duration.ofSeconds(30);

	private final PositionChecks checks;

	private final long ticks;

	private Iterator<GroupSubscription> round = List.<GroupSubscription>of().iterator();

	private long perTick;

	private long remaining;

	RegularChecks(PositionChecks checks, Duration tick) {
		this.checks = checks;
		this.ticks = Math.max(1, INTERVAL.toNanos() / tick.toNanos());
	}

	void tick(Collection<GroupSubscription> groups) {
		if (this.remaining == 0) {
			this.remaining = this.ticks;
			this.perTick = (groups.size() + this.ticks - 1) / this.ticks;
			this.round = List.copyOf(groups).iterator();
		}
		this.remaining--;
		for (long i = 0; i < this.perTick && this.round.hasNext(); i++) {
			GroupFeed feed = this.round.next().feed();
			if (feed != null && feed.takeDue()) {
				this.checks.need(feed);
			}
		}
	}

}
