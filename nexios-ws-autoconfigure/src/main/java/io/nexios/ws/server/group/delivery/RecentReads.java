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

package io.nexios.ws.server.group.delivery;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.Position;
import io.nexios.ws.server.group.broker.BrokerCalls;
import io.nexios.ws.server.group.broker.Waits;
import org.jspecify.annotations.Nullable;

/**
 * Reads the histories that joins share.
 *
 * @author Nexios Team
 */
public final class RecentReads {

	private final RecentHistories histories;

	private final BrokerCalls broker;

	private final Waits waits;

	private final Deliveries deliveries;

	public RecentReads(RecentHistories histories, BrokerCalls broker, Waits waits, Deliveries deliveries) {
		this.histories = histories;
		this.broker = broker;
		this.waits = waits;
		this.deliveries = deliveries;
	}

	public RecentHistories histories() {
		return this.histories;
	}

	/**
	 * Read the history of a group, unless it was read or is being read.
	 * @param name the name of the group
	 * @param group the group
	 * @param recent gets the history, or {@code null} if nobody needs it
	 */
	public void read(String name, Group group, @Nullable RecentMessages recent) {
		if (recent == null || !recent.beginRead()) {
			return;
		}
		this.waits.limit(this.broker.history(name)).thenAccept((history) -> {
			recent.read(start(history), deliveries(history, group));
			this.histories.limitTotal();
		}).whenComplete((ignored, failure) -> {
			// Also a history that cannot be used, so that no join waits for it
			if (failure != null) {
				recent.notRead(failure);
			}
		});
	}

	private static @Nullable Position start(History history) {
		return history.messages().isEmpty() ? history.end() : history.start();
	}

	private List<Delivery> deliveries(History history, Group group) {
		List<Delivery> deliveries = new ArrayList<>(history.messages().size());
		for (BrokerMessage message : history.messages()) {
			if (message.position() != null) {
				deliveries.add(this.deliveries.create(message, message.position(), group.envelope()));
			}
		}
		return deliveries;
	}

}
