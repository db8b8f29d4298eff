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

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.feed.GroupFeed;
import io.nexios.ws.broker.redis.feed.PositionChecks;
import io.nexios.ws.broker.redis.wire.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * The connection on which a group receives messages, and the feed that delivers them.
 * What arrives on another connection is dropped. Used by one lane.
 *
 * @author Nexios Team
 */
final class GroupReception {

	private @Nullable GroupFeed feed;

	private int connection;

	private long announcement;

	/**
	 * Receive from a connection.
	 * @param connection the number of the connection
	 */
	void expect(int connection) {
		this.connection = connection;
	}

	/**
	 * Return on which connection for messages the channel was subscribed to.
	 * @return the number of the connection
	 */
	int connection() {
		return this.connection;
	}

	/**
	 * Begin to hold what arrives.
	 * @param feed the feed
	 * @param announcement how often everything was announced before the position is asked
	 * for
	 */
	void begin(GroupFeed feed, long announcement) {
		this.feed = feed;
		this.announcement = announcement;
	}

	/**
	 * Begin to deliver.
	 * @param position the position
	 * @param link the connections
	 * @param checks checks the position, if everything was announced after it was asked
	 * for
	 */
	void start(Position position, LaneLink link, PositionChecks checks) {
		GroupFeed feed = this.feed;
		if (feed != null) {
			feed.start(position);
			if (this.announcement != link.announcement()) {
				checks.need(feed);
				checks.send();
			}
		}
	}

	/**
	 * Deliver nothing any more.
	 */
	void stop() {
		if (this.feed != null) {
			this.feed.stop();
			this.feed = null;
		}
	}

	@Nullable GroupFeed feed() {
		return this.feed;
	}

	void arrive(int connection, Arrival arrival) {
		if (connection == this.connection && this.feed != null) {
			this.feed.arrive(arrival);
		}
	}

	/**
	 * Saved messages of any connection were dropped.
	 */
	void miss() {
		if (this.feed != null) {
			this.feed.arrive(new Arrival.Dropped());
		}
	}

}
