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

package io.nexios.ws.server.channel;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelRemoveStatus;

/**
 * Knows the groups of each connection, so that it can leave them when it ends.
 * <p>
 * A connection's entry has a lock. Under this lock, its joins and leaves come one after
 * the other. The end sets a mark under the lock and then leaves all groups. A join that
 * comes later sees the mark. So no member remains in a group, whichever comes first.
 *
 * @author Nexios Team
 */
final class Memberships {

	private final Map<String, Entry> byConnection = new ConcurrentHashMap<>();

	private final int maxGroups;

	private final Actions actions;

	Memberships(int maxGroups, Actions actions) {
		this.maxGroups = maxGroups;
		this.actions = actions;
	}

	ChannelAddStatus join(Channel channel, String group, boolean withHistory) {
		Entry entry = entry(channel);
		entry.lock.lock();
		try {
			ChannelAddStatus status = entry.reserve(new Membership(channel, group), this.maxGroups);
			if (status == ChannelAddStatus.CHANNEL_ADDED) {
				join(entry, new Membership(channel, group), withHistory);
			}
			return status;
		}
		finally {
			entry.lock.unlock();
		}
	}

	private void join(Entry entry, Membership membership, boolean withHistory) {
		boolean joined = false;
		try {
			this.actions.join(membership.channel(), membership.group(), withHistory);
			joined = true;
		}
		finally {
			if (!joined) {
				entry.memberships.remove(membership);
			}
		}
	}

	private Entry entry(Channel channel) {
		String connectionId = channel.webSocket().id();
		Entry existing = this.byConnection.get(connectionId);
		if (existing != null) {
			return existing;
		}
		Entry created = new Entry();
		Entry racing = this.byConnection.putIfAbsent(connectionId, created);
		if (racing != null) {
			return racing;
		}
		// Runs at once if the connection has ended
		ServerChannelConnection.of(channel).whenEnded(() -> end(connectionId, created));
		return created;
	}

	private void end(String connectionId, Entry entry) {
		entry.lock.lock();
		try {
			entry.ended = true;
			entry.memberships.forEach((membership) -> this.actions.leave(membership.channel(), membership.group()));
			entry.memberships.clear();
		}
		finally {
			entry.lock.unlock();
		}
		this.byConnection.remove(connectionId, entry);
	}

	ChannelRemoveStatus leave(Channel channel, String group) {
		Entry entry = this.byConnection.get(channel.webSocket().id());
		return (entry != null) ? leave(entry, new Membership(channel, group))
				: ChannelRemoveStatus.CHANNEL_DOES_NOT_EXIST;
	}

	private ChannelRemoveStatus leave(Entry entry, Membership membership) {
		entry.lock.lock();
		try {
			if (!entry.memberships.remove(membership)) {
				return ChannelRemoveStatus.CHANNEL_DOES_NOT_EXIST;
			}
			return this.actions.leave(membership.channel(), membership.group()) ? ChannelRemoveStatus.GROUP_REMOVED
					: ChannelRemoveStatus.CHANNEL_REMOVED;
		}
		finally {
			entry.lock.unlock();
		}
	}

	/**
	 * The changes of a group. They are called under the lock of the connection's entry.
	 */
	interface Actions {

		void join(Channel channel, String group, boolean withHistory);

		/**
		 * Leave a group.
		 * @param channel the member
		 * @param group the group
		 * @return whether the group was removed with its last member
		 */
		boolean leave(Channel channel, String group);

	}

	/**
	 * A channel in a group.
	 *
	 * @param channel the channel
	 * @param group the group
	 */
	private record Membership(Channel channel, String group) {

	}

	/**
	 * The groups of one connection. The lock guards the other fields.
	 */
	private static final class Entry {

		private final ReentrantLock lock = new ReentrantLock();

		private final Set<Membership> memberships = new LinkedHashSet<>(4);

		private boolean ended;

		ChannelAddStatus reserve(Membership membership, int maxGroups) {
			if (this.ended) {
				return ChannelAddStatus.CHANNEL_CLOSED;
			}
			if (this.memberships.contains(membership)) {
				return ChannelAddStatus.CHANNEL_EXIST;
			}
			if (this.memberships.size() >= maxGroups) {
				return ChannelAddStatus.LIMIT_REACHED;
			}
			this.memberships.add(membership);
			return ChannelAddStatus.CHANNEL_ADDED;
		}

	}

}
