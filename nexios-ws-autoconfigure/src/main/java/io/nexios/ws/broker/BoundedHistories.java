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

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Saves messages in the histories of their groups, and drops the oldest ones when a limit
 * is exceeded.
 *
 * @author Nexios Team
 */
final class BoundedHistories {

	private final HistoryLimits limits;

	private final GroupLanes lanes;

	private final Lifetime lifetime;

	private final SavedMessages saved;

	BoundedHistories(HistoryLimits limits, GroupLanes lanes, Lifetime lifetime) {
		this.limits = limits;
		this.lanes = lanes;
		this.lifetime = lifetime;
		this.saved = new SavedMessages(lifetime, limits.totalMaxBytes());
	}

	/**
	 * Save a message.
	 * @param lane the lane of its group, locked by this thread
	 * @param publication the message
	 * @return the message with its position
	 */
	BrokerMessage save(GroupLane lane, Publication publication) {
		GroupHistory history = lane.history();
		Position position = history.end().next(publication.id());
		BrokerMessage message = new BrokerMessage(publication, position);
		SavedMessage entry = new SavedMessage(lane, message, position, this.lifetime.now());
		history.add(entry);
		this.saved.add(entry);
		while (history.size() > this.limits.maxMessages() || history.bytes() > this.limits.maxBytes()) {
			this.saved.remove(history.removeOldest());
		}
		return message;
	}

	void purge() {
		SavedMessage entry = this.saved.toDrop();
		while (entry != null) {
			drop(entry);
			entry = this.saved.toDrop();
		}
	}

	private void drop(SavedMessage entry) {
		GroupLane lane = entry.lane();
		if (lane.lock()) {
			if (lane.history().oldest() == entry) {
				this.saved.remove(lane.history().removeOldest());
			}
			this.lanes.release(lane, this.lifetime.endOrNow(entry.savedAt()));
		}
	}

	Map<String, List<BrokerMessage>> all(int maxGroups) {
		Map<String, List<BrokerMessage>> histories = new HashMap<>();
		Iterator<GroupLane> lanes = this.lanes.all().iterator();
		while (lanes.hasNext() && histories.size() < maxGroups) {
			GroupLane lane = lanes.next();
			List<BrokerMessage> messages = messages(lane);
			if (!messages.isEmpty()) {
				histories.put(lane.group(), messages);
			}
		}
		return histories;
	}

	private static List<BrokerMessage> messages(GroupLane lane) {
		if (!lane.lock()) {
			return List.of();
		}
		try {
			return lane.history().messages();
		}
		finally {
			lane.unlock();
		}
	}

	/**
	 * Drop all messages. The positions of the groups stay.
	 */
	void clear() {
		for (GroupLane lane : this.lanes.all()) {
			if (lane.lock()) {
				while (!lane.history().isEmpty()) {
					this.saved.remove(lane.history().removeOldest());
				}
				this.lanes.release(lane);
			}
		}
	}

	void forget() {
		this.saved.clear();
	}

	long bytes() {
		return this.saved.bytes();
	}

}
