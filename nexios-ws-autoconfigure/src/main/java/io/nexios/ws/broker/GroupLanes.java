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

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The lanes of all groups that have subscriptions or saved messages. When a lane is not
 * used any more, it is retired and only its position is retained. This happens under the
 * lock of the lane. The position is taken back while no other thread can create a lane of
 * the same group. So a group never has two lanes or two positions.
 *
 * @author Nexios Team
 */
final class GroupLanes {

	private final SecureRandom random = new SecureRandom();

	private final Map<String, GroupLane> lanes = new ConcurrentHashMap<>();

	private final RetainedPositions retained;

	private final Lifetime lifetime;

	GroupLanes(RetainedPositions retained, Lifetime lifetime) {
		this.retained = retained;
		this.lifetime = lifetime;
	}

	/**
	 * Return the lane of a group, which is created if there is none.
	 * @param group the group
	 * @return its lane
	 */
	GroupLane get(String group) {
		return this.lanes.computeIfAbsent(group, (name) -> {
			Position position = this.retained.take(name);
			return create(name, (position != null) ? position : Position.start(newEpoch()));
		});
	}

	private @Nullable GroupLane known(String group) {
		return this.lanes.computeIfAbsent(group, (name) -> {
			Position position = this.retained.take(name);
			return (position != null) ? create(name, position) : null;
		});
	}

	private GroupLane create(String group, Position position) {
		return new GroupLane(group, position, this.lifetime.now());
	}

	private long newEpoch() {
		long epoch = this.random.nextLong();
		return (epoch != 0) ? epoch : newEpoch();
	}

	/**
	 * Return the lane of a group that has a subscription or saved messages.
	 * @param group the group
	 * @return its lane, or {@code null} if the group has neither
	 */
	@Nullable GroupLane active(String group) {
		return this.lanes.get(group);
	}

	GroupLane locked(String group) {
		GroupLane lane = get(group);
		while (!lane.lock()) {
			lane = get(group);
		}
		return lane;
	}

	/**
	 * Lock the lane of a group that has a position.
	 * @param group the group
	 * @return its lane, locked by this thread, or {@code null} if the group has no
	 * position
	 */
	@Nullable GroupLane lockedKnown(String group) {
		GroupLane lane = known(group);
		while (lane != null && !lane.lock()) {
			lane = known(group);
		}
		return lane;
	}

	@Nullable GroupLane lockedActive(String group) {
		GroupLane lane = active(group);
		while (lane != null && !lane.lock()) {
			lane = active(group);
		}
		return lane;
	}

	Collection<GroupLane> all() {
		return this.lanes.values();
	}

	/**
	 * Return the history of a group that has no position. It is not kept.
	 * @return an empty history with an epoch of its own
	 */
	GroupHistory unknown() {
		return new GroupHistory(Position.start(newEpoch()));
	}

	void release(GroupLane lane) {
		release(lane, this.lifetime.now());
	}

	/**
	 * Unlock a lane, and retire it if it is not used any more.
	 * @param lane the lane, locked by this thread
	 * @param usedAt when the lane was used
	 */
	void release(GroupLane lane, long usedAt) {
		lane.used(usedAt);
		if (lane.isUnused()) {
			this.retained.add(lane.group(), lane.history().end(), lane.usedAt());
			lane.retire();
			this.lanes.remove(lane.group(), lane);
		}
		lane.unlock();
	}

	void clear() {
		this.lanes.clear();
		this.retained.clear();
	}

}
