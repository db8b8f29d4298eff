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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * In-memory broker for one node. It is the reference for other implementations.
 * <p>
 * Each group has a lane. A publisher waits for its turn in the lane. Then its message
 * gets a position, is saved, and is delivered on the publisher's thread. This gives the
 * messages of all publishers one order. No other method waits for a delivery.
 * <p>
 * The position of a group outlives its last use, its subscription and its saved messages
 * for the maximum age of a message. A group that comes back after that has a new epoch.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class MemoryGroupBroker implements GroupBroker {

	private static final int MAX_RETAINED_POSITIONS = 100_000;

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	private static final Acceptance NOBODY_ASKS = new Acceptance(0, false);

	private final RetainedPositions retained;

	private final GroupLanes lanes;

	private final BoundedHistories histories;

	private volatile @Nullable Subscriber subscriber;

	/**
	 * Create a broker.
	 * @param limits the limits of histories. The maximum age of a message is also the
	 * time for which the position of an unused group is kept
	 * @param time gives the time for the age of messages and positions
	 */
	public MemoryGroupBroker(HistoryLimits limits, TimeSource time) {
		this(limits, time, MAX_RETAINED_POSITIONS);
	}

	MemoryGroupBroker(HistoryLimits limits, TimeSource time, int maxRetainedPositions) {
		Lifetime lifetime = new Lifetime(time, limits.ttl());
		this.retained = new RetainedPositions(lifetime, maxRetainedPositions);
		this.lanes = new GroupLanes(this.retained, lifetime);
		this.histories = new BoundedHistories(limits, this.lanes, lifetime);
	}

	@Override
	public void start(Subscriber subscriber) {
		this.subscriber = subscriber;
	}

	@Override
	public CompletionStage<Position> subscribe(String group) {
		this.histories.purge();
		GroupLane lane = this.lanes.locked(group);
		try {
			return lane.subscribe();
		}
		finally {
			this.lanes.release(lane);
		}
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		this.histories.purge();
		GroupLane lane = this.lanes.lockedActive(group);
		if (lane != null) {
			lane.unsubscribe();
			this.lanes.release(lane);
		}
		return DONE;
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		this.histories.purge();
		Acceptance acceptance = null;
		while (acceptance == null) {
			GroupLane lane = publication.saved() ? this.lanes.get(publication.group())
					: this.lanes.active(publication.group());
			acceptance = (lane != null) ? publishInTurn(lane, publication) : NOBODY_ASKS;
		}
		if (publication.saved()) {
			this.histories.purge();
		}
		return CompletableFuture.completedStage(acceptance);
	}

	private @Nullable Acceptance publishInTurn(GroupLane lane, Publication publication) {
		lane.turn().lock();
		try {
			return lane.lock() ? publish(lane, publication) : null;
		}
		finally {
			lane.turn().unlock();
		}
	}

	private Acceptance publish(GroupLane lane, Publication publication) {
		BrokerMessage message = publication.saved() ? this.histories.save(lane, publication)
				: new BrokerMessage(publication, null);
		boolean subscribed = lane.isSubscribed();
		Subscriber subscriber = subscribed ? this.subscriber : null;
		if (subscriber != null) {
			lane.beginDelivery();
		}
		this.lanes.release(lane);
		if (subscriber != null) {
			deliver(lane, message, subscriber);
		}
		return new Acceptance(message.offset(), subscribed);
	}

	private void deliver(GroupLane lane, BrokerMessage message, Subscriber subscriber) {
		try {
			subscriber.onMessage(message);
		}
		finally {
			lane.lock();
			Runnable begin = lane.endDelivery();
			this.lanes.release(lane);
			begin.run();
		}
	}

	/**
	 * Drop messages and positions that are too old. While the histories of all groups
	 * together are too large, drop the oldest message of all groups. Every call of the
	 * broker drops messages as well. This method has to be called from time to time in
	 * case there are no calls.
	 */
	public void purge() {
		this.histories.purge();
		this.retained.purge();
	}

	/**
	 * Return how many positions of unused groups were forgotten before their time because
	 * there were too many.
	 * @return the number of positions since the start
	 */
	public long forgottenPositions() {
		return this.retained.forgotten();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Nothing is kept for a group that has no position yet. So the end of its history
	 * cannot be used as a position later.
	 */
	@Override
	public CompletionStage<History> history(String group, @Nullable Position after) {
		this.histories.purge();
		GroupLane lane = this.lanes.lockedKnown(group);
		if (lane == null) {
			return CompletableFuture.completedStage(this.lanes.unknown().after(after));
		}
		try {
			return CompletableFuture.completedStage(lane.history().after(after));
		}
		finally {
			this.lanes.release(lane);
		}
	}

	@Override
	public CompletionStage<Position> position(String group) {
		this.histories.purge();
		GroupLane lane = this.lanes.locked(group);
		try {
			return CompletableFuture.completedStage(lane.history().end());
		}
		finally {
			this.lanes.release(lane);
		}
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		this.histories.purge();
		return CompletableFuture.completedStage(this.histories.all(maxGroups));
	}

	@Override
	public CompletionStage<Void> clearHistories() {
		this.histories.purge();
		this.histories.clear();
		return DONE;
	}

	@Override
	public void close() {
		this.subscriber = null;
		this.lanes.clear();
		this.histories.forget();
	}

}
