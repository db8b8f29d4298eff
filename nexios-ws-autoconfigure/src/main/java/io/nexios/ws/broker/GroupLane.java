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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The state of one group, guarded by the lock of the lane. A publisher also needs the
 * turn, from before its message gets a position until after it is delivered. So messages
 * are delivered one after the other, in the order of their positions. The lock is not
 * held during a delivery.
 *
 * @author Nexios Team
 */
final class GroupLane {

	private static final Runnable NOTHING = () -> {
	};

	private final ReentrantLock turn = new ReentrantLock();

	private final ReentrantLock lock = new ReentrantLock();

	private final String group;

	private final GroupHistory history;

	private @Nullable CompletableFuture<Position> beginning;

	private long usedAt;

	private boolean subscribed;

	private int deliveries;

	private boolean retired;

	GroupLane(String group, Position position, long usedAt) {
		this.group = group;
		this.history = new GroupHistory(position);
		this.usedAt = usedAt;
	}

	ReentrantLock turn() {
		return this.turn;
	}

	/**
	 * Lock the lane.
	 * @return whether the lane is still in use. If not, it is not locked, and another
	 * lane may have been created
	 */
	boolean lock() {
		this.lock.lock();
		if (this.retired) {
			this.lock.unlock();
			return false;
		}
		return true;
	}

	void unlock() {
		this.lock.unlock();
	}

	String group() {
		return this.group;
	}

	GroupHistory history() {
		return this.history;
	}

	boolean isSubscribed() {
		return this.subscribed;
	}

	/**
	 * Begin a subscription. If a message of an earlier subscription is being delivered,
	 * the stage completes after this delivery.
	 * @return a stage that completes with the end of the saved messages
	 */
	CompletionStage<Position> subscribe() {
		if (this.deliveries > 0 && !this.subscribed && this.beginning == null) {
			this.beginning = new CompletableFuture<>();
		}
		this.subscribed = true;
		return (this.beginning != null) ? this.beginning.minimalCompletionStage()
				: CompletableFuture.completedStage(this.history.end());
	}

	void unsubscribe() {
		this.subscribed = false;
	}

	void beginDelivery() {
		this.deliveries++;
	}

	/**
	 * End a delivery.
	 * @return completes the stage of a subscription that waited for this, to be run
	 * without the lock
	 */
	Runnable endDelivery() {
		CompletableFuture<Position> begun = this.beginning;
		Position end = this.history.end();
		this.beginning = null;
		this.deliveries--;
		return (begun != null) ? () -> begun.complete(end) : NOTHING;
	}

	long usedAt() {
		return this.usedAt;
	}

	void used(long at) {
		if (at - this.usedAt > 0) {
			this.usedAt = at;
		}
	}

	boolean isUnused() {
		return !this.subscribed && this.deliveries == 0 && this.history.isEmpty();
	}

	void retire() {
		this.retired = true;
	}

}
