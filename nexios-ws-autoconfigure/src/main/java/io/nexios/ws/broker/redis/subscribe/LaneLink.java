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

import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a lane knows of the connections. Used by this lane.
 *
 * @author Nexios Team
 */
final class LaneLink {

	private @Nullable SubscriberConnection connection;

	private int number;

	private long announcement;

	private boolean canAsk;

	void connected(SubscriberConnection connection, int number) {
		this.connection = connection;
		this.number = number;
	}

	void disconnected() {
		this.connection = null;
	}

	/**
	 * Return the connection for messages.
	 * @return the connection, or {@code null}
	 */
	@Nullable SubscriberConnection connection() {
		return this.connection;
	}

	/**
	 * Return the number of the last connection for messages.
	 * @return the number
	 */
	int number() {
		return this.number;
	}

	boolean isConnected(int number) {
		return this.connection != null && this.number == number;
	}

	void canAsk(boolean canAsk) {
		this.canAsk = canAsk;
	}

	/**
	 * Return whether there is a connection for requests.
	 * @return whether there is one
	 */
	boolean canAsk() {
		return this.canAsk;
	}

	/**
	 * Return whether a group can be subscribed to.
	 * @return whether there are both connections
	 */
	boolean isUsable() {
		return this.connection != null && this.canAsk;
	}

	void announced() {
		this.announcement++;
	}

	/**
	 * Return how often everything was announced again.
	 * @return the number
	 */
	long announcement() {
		return this.announcement;
	}

}
