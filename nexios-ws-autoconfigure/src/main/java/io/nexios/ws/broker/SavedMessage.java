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

package io.nexios.ws.broker;

/**
 * A saved message and its lane. Entries are compared by identity.
 *
 * @author Nexios Team
 */
final class SavedMessage {

	private final GroupLane lane;

	private final BrokerMessage message;

	private final Position position;

	private final long size;

	private final long savedAt;

	SavedMessage(GroupLane lane, BrokerMessage message, Position position, long savedAt) {
		this.lane = lane;
		this.message = message;
		this.position = position;
		this.size = HistoryLimits.sizeOf(message.publication());
		this.savedAt = savedAt;
	}

	GroupLane lane() {
		return this.lane;
	}

	BrokerMessage message() {
		return this.message;
	}

	Position position() {
		return this.position;
	}

	long size() {
		return this.size;
	}

	long savedAt() {
		return this.savedAt;
	}

}
