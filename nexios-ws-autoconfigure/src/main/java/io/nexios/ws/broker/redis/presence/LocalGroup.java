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

package io.nexios.ws.broker.redis.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nexios.ws.channel.Present;
import org.jspecify.annotations.Nullable;

/**
 * The members of one group on this node, and what Redis does not know of them yet.
 * <ul>
 * <li>TOLD: Redis knows everything.
 * <li>CHANGED: Redis is told at once, if it was not told anything for an interval, or if
 * this is the first or the last member. Otherwise it is told when the interval is over.
 * <li>TELLING: one request is on its way. Further changes wait for its answer.
 * </ul>
 * After a failure it is not known what Redis has. Then it is told everything again, after
 * a pause.
 *
 * @author Nexios Team
 */
final class LocalGroup {

	static final Duration INTERVAL = Duration.ofMillis(250);

	static final Duration PAUSE = Duration.ofSeconds(1);

	static final int BATCH = 1_000;

	private final Map<String, Present> listed = new LinkedHashMap<>();

	private final Set<String> changed = new LinkedHashSet<>();

	private int members;

	private int told;

	private boolean reset;

	private boolean telling;

	private boolean begun;

	private long notBefore;

	private boolean removed;

	synchronized boolean setMembers(int members) {
		if (!this.removed) {
			this.members = members;
		}
		return !this.removed;
	}

	synchronized boolean list(Present present) {
		if (!this.removed) {
			this.listed.put(present.channelId(), present);
			this.changed.add(present.channelId());
		}
		return !this.removed;
	}

	synchronized void unlist(String channelId) {
		if (this.listed.remove(channelId) != null) {
			this.changed.add(channelId);
		}
	}

	synchronized int members() {
		return this.members;
	}

	synchronized List<Present> listed() {
		return List.copyOf(this.listed.values());
	}

	/**
	 * Redis may have nothing of this any more.
	 */
	synchronized void tellAgain() {
		this.reset = true;
		this.begun = false;
	}

	/**
	 * Begin to tell Redis.
	 * @param now the time in nanoseconds
	 * @return what has to be told now, or {@code null} if that is nothing. Otherwise
	 * {@link #told} or {@link #failed} has to follow
	 */
	synchronized @Nullable PresenceChange begin(long now) {
		if (this.telling || !hasChanged() || !(isUrgent() || isDue(now))) {
			return null;
		}
		this.telling = true;
		this.begun = true;
		this.notBefore = now + INTERVAL.toNanos();
		this.told = this.members;
		PresenceChange change = this.reset ? everything() : changes();
		this.reset = false;
		return change;
	}

	private boolean hasChanged() {
		return this.reset || this.members != this.told || !this.changed.isEmpty();
	}

	private boolean isUrgent() {
		return !this.reset && (this.members == 0) != (this.told == 0);
	}

	private boolean isDue(long now) {
		return !this.begun || now - this.notBefore >= 0;
	}

	private PresenceChange everything() {
		this.changed.clear();
		this.changed.addAll(this.listed.keySet());
		PresenceChange first = changes();
		return new PresenceChange(first.members(), true, List.of(), first.listed());
	}

	private PresenceChange changes() {
		List<String> removed = new ArrayList<>();
		List<Present> added = new ArrayList<>();
		Iterator<String> next = this.changed.iterator();
		while (next.hasNext() && removed.size() + added.size() < BATCH) {
			String channel = next.next();
			Present present = this.listed.get(channel);
			if (present != null) {
				added.add(present);
			}
			else {
				removed.add(channel);
			}
			next.remove();
		}
		return new PresenceChange(this.members, false, removed, added);
	}

	/**
	 * Redis has answered.
	 * @param asked whether this node asks for the group. Otherwise Redis keeps nothing of
	 * it
	 * @param now the time in nanoseconds
	 */
	synchronized void told(boolean asked, long now) {
		this.telling = false;
		if (!asked && (this.members > 0 || !this.listed.isEmpty())) {
			again(now);
		}
	}

	/**
	 * Redis has not answered, or has refused.
	 * @param now the time in nanoseconds
	 */
	synchronized void failed(long now) {
		this.telling = false;
		again(now);
	}

	private void again(long now) {
		this.reset = true;
		this.notBefore = now + PAUSE.toNanos();
	}

	/**
	 * Return whether something has to be told later.
	 * @return whether there is
	 */
	synchronized boolean isWaiting() {
		return !this.telling && hasChanged();
	}

	/**
	 * Remove this group from those of the node, if nothing is left of it.
	 * @return whether it is removed. It takes no change any more then
	 */
	synchronized boolean remove() {
		this.removed = this.removed || (this.members == 0 && this.listed.isEmpty() && !this.telling && !hasChanged());
		return this.removed;
	}

}
