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

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * In-memory broker for one node. It is the reference for other implementations.
 * <p>
 * Each group has a lane with a lock. A message gets its position, is saved and is
 * delivered under this lock. This gives the messages of all publishers one order. The
 * saved messages of all groups are also in a second structure, sorted by age. It has its
 * own lock, which is taken last. No other lock is taken while it is held. So the oldest
 * message of all groups can be dropped from any lane.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class MemoryGroupBroker implements GroupBroker {

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	private final Map<String, GroupLane> lanes = new ConcurrentHashMap<>();

	private final HistoryLimits limits;

	private final Clock clock;

	private final SavedMessages saved = new SavedMessages();

	// First offset of a lane that is created again, so that no offset is used twice
	private final AtomicLong retiredOffset = new AtomicLong();

	private volatile @Nullable Subscriber subscriber;

	/**
	 * Create a broker.
	 * @param limits the limits of histories
	 * @param clock the clock for the age of messages
	 */
	public MemoryGroupBroker(HistoryLimits limits, Clock clock) {
		this.limits = limits;
		this.clock = clock;
	}

	@Override
	public void start(Subscriber subscriber) {
		this.subscriber = subscriber;
	}

	@Override
	public CompletionStage<Void> subscribe(String group) {
		GroupLane lane = lockedLane(group);
		try {
			lane.subscribed = true;
		}
		finally {
			lane.lock.unlock();
		}
		return DONE;
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		GroupLane lane = lockedLane(group);
		try {
			lane.subscribed = false;
			retireIfUnused(lane);
		}
		finally {
			lane.lock.unlock();
		}
		return DONE;
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		Acceptance acceptance;
		GroupLane lane = lockedLane(publication.group());
		try {
			BrokerMessage message = new BrokerMessage(publication, publication.saved() ? ++lane.offset : 0);
			if (publication.saved()) {
				save(lane, message);
			}
			acceptance = new Acceptance(message.offset(), lane.subscribed);
			deliver(lane, message);
			retireIfUnused(lane);
		}
		finally {
			lane.lock.unlock();
		}
		purge();
		return CompletableFuture.completedStage(acceptance);
	}

	private void deliver(GroupLane lane, BrokerMessage message) {
		Subscriber subscriber = this.subscriber;
		if (lane.subscribed && subscriber != null) {
			subscriber.onMessage(message);
		}
	}

	private void save(GroupLane lane, BrokerMessage message) {
		SavedMessage entry = new SavedMessage(lane, message);
		lane.history.add(entry);
		lane.historyBytes += entry.size();
		this.saved.add(entry);
		while (lane.history.size() > this.limits.maxMessages() || lane.historyBytes > this.limits.maxBytes()) {
			drop(lane.history.iterator().next());
		}
	}

	private void drop(SavedMessage entry) {
		if (entry.lane.history.remove(entry)) {
			entry.lane.historyBytes -= entry.size();
			this.saved.remove(entry);
		}
	}

	/**
	 * Drop messages that are too old. While the histories of all groups together are too
	 * large, drop the oldest message of all groups. Every publication calls this method.
	 * It also has to be called from time to time in case there are no publications.
	 */
	public void purge() {
		SavedMessage oldest = this.saved.oldest();
		while (oldest != null && (isExpired(oldest) || this.saved.bytes() > this.limits.totalMaxBytes())) {
			GroupLane lane = oldest.lane;
			lane.lock.lock();
			try {
				drop(oldest);
				retireIfUnused(lane);
			}
			finally {
				lane.lock.unlock();
			}
			oldest = this.saved.oldest();
		}
	}

	private boolean isExpired(SavedMessage entry) {
		Duration age = Duration.between(entry.message.publication().created(), this.clock.instant());
		return age.compareTo(this.limits.ttl()) > 0;
	}

	@Override
	public CompletionStage<List<BrokerMessage>> history(String group) {
		purge();
		GroupLane lane = this.lanes.get(group);
		return CompletableFuture.completedStage((lane != null) ? history(lane) : List.of());
	}

	private static List<BrokerMessage> history(GroupLane lane) {
		lane.lock.lock();
		try {
			return lane.history.stream().map(SavedMessage::message).toList();
		}
		finally {
			lane.lock.unlock();
		}
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories() {
		purge();
		Map<String, List<BrokerMessage>> histories = new HashMap<>();
		this.lanes.forEach((group, lane) -> {
			List<BrokerMessage> history = history(lane);
			if (!history.isEmpty()) {
				histories.put(group, history);
			}
		});
		return CompletableFuture.completedStage(histories);
	}

	@Override
	public CompletionStage<Void> clearHistories() {
		for (GroupLane lane : this.lanes.values()) {
			lane.lock.lock();
			try {
				new ArrayList<>(lane.history).forEach(this::drop);
				retireIfUnused(lane);
			}
			finally {
				lane.lock.unlock();
			}
		}
		return DONE;
	}

	/**
	 * Lock the lane of a group. A lane that was retired meanwhile cannot be used, because
	 * another lane may have been created.
	 * @param group the group
	 * @return its lane, locked by this thread
	 */
	private GroupLane lockedLane(String group) {
		while (true) {
			GroupLane lane = this.lanes.computeIfAbsent(group, (name) -> new GroupLane(name, this.retiredOffset.get()));
			lane.lock.lock();
			if (!lane.retired) {
				return lane;
			}
			lane.lock.unlock();
		}
	}

	private void retireIfUnused(GroupLane lane) {
		if (!lane.retired && !lane.subscribed && lane.history.isEmpty()) {
			lane.retired = true;
			this.retiredOffset.accumulateAndGet(lane.offset, Math::max);
			this.lanes.remove(lane.group, lane);
		}
	}

	@Override
	public void close() {
		this.subscriber = null;
		this.lanes.clear();
		this.saved.clear();
	}

	/**
	 * State of one group, guarded by the lock of the lane.
	 */
	private static final class GroupLane {

		private final ReentrantLock lock = new ReentrantLock();

		private final Set<SavedMessage> history = new LinkedHashSet<>(2);

		private final String group;

		private long historyBytes;

		private long offset;

		private boolean subscribed;

		private boolean retired;

		GroupLane(String group, long offset) {
			this.group = group;
			this.offset = offset;
		}

	}

	/**
	 * A saved message and its lane. Entries are compared by identity.
	 */
	private static final class SavedMessage {

		// Memory for objects, links, and the id and time of the message
		private static final int OVERHEAD_BYTES = 250;

		private final GroupLane lane;

		private final BrokerMessage message;

		private final long size;

		SavedMessage(GroupLane lane, BrokerMessage message) {
			this.lane = lane;
			this.message = message;
			this.size = message.publication().payload().size() + (long) OVERHEAD_BYTES;
		}

		BrokerMessage message() {
			return this.message;
		}

		long size() {
			return this.size;
		}

	}

	/**
	 * The saved messages of all groups, the oldest first.
	 */
	private static final class SavedMessages {

		private final ReentrantLock lock = new ReentrantLock();

		private final Set<SavedMessage> entries = new LinkedHashSet<>();

		private long bytes;

		void add(SavedMessage entry) {
			this.lock.lock();
			try {
				this.entries.add(entry);
				this.bytes += entry.size();
			}
			finally {
				this.lock.unlock();
			}
		}

		void remove(SavedMessage entry) {
			this.lock.lock();
			try {
				if (this.entries.remove(entry)) {
					this.bytes -= entry.size();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		void clear() {
			this.lock.lock();
			try {
				this.entries.clear();
				this.bytes = 0;
			}
			finally {
				this.lock.unlock();
			}
		}

		@Nullable SavedMessage oldest() {
			this.lock.lock();
			try {
				return this.entries.isEmpty() ? null : this.entries.iterator().next();
			}
			finally {
				this.lock.unlock();
			}
		}

		long bytes() {
			this.lock.lock();
			try {
				return this.bytes;
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
