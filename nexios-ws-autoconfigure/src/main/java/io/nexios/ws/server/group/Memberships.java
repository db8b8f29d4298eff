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

package io.nexios.ws.server.group;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.server.channel.ServerChannelConnection;
import io.nexios.ws.server.group.delivery.Member;
import org.jspecify.annotations.Nullable;

/**
 * Knows the groups of each connection, so that it can leave them when it ends.
 * <p>
 * A membership is <em>joining</em> until its join has succeeded. A leave does not see a
 * membership that is joining, because nothing was joined yet. The end of the connection
 * sets a mark, wakes the joins that wait, and leaves all groups. A join that comes later
 * sees the mark when it begins or when it ends. So no member remains in a group,
 * whichever comes first.
 * <p>
 * A connection's entry has a lock, which guards memory. Nobody waits for the broker under
 * it.
 *
 * @author Nexios Team
 */
final class Memberships {

	private final Map<String, Entry> byConnection = new ConcurrentHashMap<>();

	private final int maxGroups;

	private final Leaving leaving;

	/**
	 * Create without connections.
	 * @param maxGroups how many groups a connection may be in
	 * @param leaving removes members from their groups
	 */
	Memberships(int maxGroups, Leaving leaving) {
		this.maxGroups = maxGroups;
		this.leaving = leaving;
	}

	/**
	 * Begin a join.
	 * @param channel the channel
	 * @param group the group
	 * @return what to do
	 */
	Beginning begin(Channel channel, String group) {
		Entry entry = entry(channel);
		entry.lock.lock();
		try {
			return entry.begin(channel, group, this.maxGroups);
		}
		finally {
			entry.lock.unlock();
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
		List<Membership> joined;
		entry.lock.lock();
		try {
			joined = entry.end();
			joined.forEach(this::left);
		}
		finally {
			entry.lock.unlock();
		}
		this.byConnection.remove(connectionId, entry);
		joined.forEach(this.leaving::release);
	}

	/**
	 * A join has succeeded, unless its connection has ended meanwhile.
	 * @param membership the membership
	 * @param member the member
	 * @param token a position of the handshake that is used up now, or {@code null}
	 * @return whether the channel is a member now
	 */
	boolean joined(Membership membership, Member member, @Nullable String token) {
		Channel channel = membership.channel();
		Entry entry = this.byConnection.get(channel.webSocket().id());
		if (entry == null) {
			return false;
		}
		entry.lock.lock();
		try {
			// The end may have been before, with another entry
			if (entry.memberships.get(Key.of(membership)) != membership) {
				return false;
			}
			membership.joined(member);
			if (token != null) {
				entry.usedTokens.add(token);
			}
			ServerChannelConnection.of(channel)
				.publish(GroupJoinedEvent.class, () -> new GroupJoinedEvent(channel, membership.group()));
		}
		finally {
			entry.lock.unlock();
		}
		membership.outcome().complete(true);
		// Nobody waits for it any more, and it must not keep what the join has waited for
		membership.ended().complete(null);
		return true;
	}

	/**
	 * A join has failed, or its connection has ended.
	 * @param membership the membership
	 */
	void notJoined(Membership membership) {
		Entry entry = this.byConnection.get(membership.channel().webSocket().id());
		if (entry != null) {
			entry.lock.lock();
			try {
				entry.memberships.remove(Key.of(membership), membership);
			}
			finally {
				entry.lock.unlock();
			}
		}
		membership.outcome().complete(false);
	}

	/**
	 * Return whether a position of the handshake was used by an earlier join.
	 * @param channel a channel of the connection
	 * @param token the position
	 * @return whether it is used up
	 */
	boolean isUsed(Channel channel, String token) {
		Entry entry = this.byConnection.get(channel.webSocket().id());
		if (entry == null) {
			return false;
		}
		entry.lock.lock();
		try {
			return entry.usedTokens.contains(token);
		}
		finally {
			entry.lock.unlock();
		}
	}

	/**
	 * Leave a group.
	 * @param channel the channel
	 * @param group the group
	 * @return whether the group is gone with its last member, or {@code null} if the
	 * channel was no member
	 */
	@Nullable Boolean leave(Channel channel, String group) {
		Entry entry = this.byConnection.get(channel.webSocket().id());
		Membership membership = (entry != null) ? leave(entry, new Key(channel, group)) : null;
		return (membership != null) ? this.leaving.release(membership) : null;
	}

	private @Nullable Membership leave(Entry entry, Key key) {
		entry.lock.lock();
		try {
			Membership membership = entry.memberships.get(key);
			if (membership == null || membership.member() == null) {
				return null;
			}
			entry.memberships.remove(key);
			left(membership);
			return membership;
		}
		finally {
			entry.lock.unlock();
		}
	}

	private void left(Membership membership) {
		this.leaving.remove(membership);
		Channel channel = membership.channel();
		ServerChannelConnection.of(channel)
			.publish(GroupLeftEvent.class, () -> new GroupLeftEvent(channel, membership.group()));
	}

	/**
	 * Removes members from their groups.
	 */
	interface Leaving {

		/**
		 * Remove a member. Called under the lock of the connection's entry.
		 * @param membership the membership
		 */
		void remove(Membership membership);

		/**
		 * Release the group of a member that was removed.
		 * @param membership the membership
		 * @return whether the group is gone with its last member
		 */
		boolean release(Membership membership);

	}

	/**
	 * The beginning of a join.
	 *
	 * @param refused why the channel cannot join, or {@code null}
	 * @param membership the membership of this join, or of another join of the same
	 * channel
	 * @param other whether the membership is of another join
	 */
	record Beginning(@Nullable ChannelAddStatus refused, @Nullable Membership membership, boolean other) {

	}

	private record Key(Channel channel, String group) {

		static Key of(Membership membership) {
			return new Key(membership.channel(), membership.group());
		}

	}

	/**
	 * The groups of one connection. The lock guards the other fields.
	 */
	private static final class Entry {

		private final ReentrantLock lock = new ReentrantLock();

		private final Map<Key, Membership> memberships = new LinkedHashMap<>(4);

		private final Set<String> usedTokens = new HashSet<>(0);

		private boolean ended;

		Beginning begin(Channel channel, String group, int maxGroups) {
			if (this.ended) {
				return new Beginning(ChannelAddStatus.CHANNEL_CLOSED, null, false);
			}
			Key key = new Key(channel, group);
			Membership existing = this.memberships.get(key);
			if (existing != null) {
				return new Beginning(null, existing, true);
			}
			if (this.memberships.size() >= maxGroups) {
				return new Beginning(ChannelAddStatus.LIMIT_REACHED, null, false);
			}
			Membership membership = new Membership(channel, group);
			this.memberships.put(key, membership);
			return new Beginning(null, membership, false);
		}

		List<Membership> end() {
			this.ended = true;
			List<Membership> joined = new ArrayList<>();
			for (Membership membership : this.memberships.values()) {
				if (membership.member() != null) {
					joined.add(membership);
				}
				else {
					membership.ended().complete(null);
				}
			}
			this.memberships.clear();
			return joined;
		}

	}

}
