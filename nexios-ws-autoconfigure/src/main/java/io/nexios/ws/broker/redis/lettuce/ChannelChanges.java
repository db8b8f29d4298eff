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

package io.nexios.ws.broker.redis.lettuce;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Makes changes of channels in the order of the calls, with one request on its way at a
 * time. Lettuce completes such a request with the first of its confirmations, and may
 * take a later one for that of the next request. So the confirmations are counted here,
 * and the next request waits for the last one. Changes that have come meanwhile are one
 * request, if they are of the same kind.
 * <p>
 * A change waits in the queue for no longer than the oldest one may wait for its
 * confirmation, because then the connection ends.
 *
 * @author Nexios Team
 */
final class ChannelChanges {

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<ChannelChange> waiting = new ArrayDeque<>();

	private final Consumer<ChannelBatch> request;

	private @Nullable ChannelBatch underWay;

	private int unconfirmed;

	/**
	 * Create changes.
	 * @param request makes a request
	 */
	ChannelChanges(Consumer<ChannelBatch> request) {
		this.request = request;
	}

	void add(ChannelChange change) {
		this.lock.lock();
		try {
			this.waiting.add(change);
		}
		finally {
			this.lock.unlock();
		}
		requestNext();
	}

	private void requestNext() {
		ChannelBatch next = begin();
		if (next != null) {
			this.request.accept(next);
		}
	}

	private @Nullable ChannelBatch begin() {
		this.lock.lock();
		try {
			if (this.underWay != null) {
				return null;
			}
			ChannelBatch next = ChannelBatch.take(this.waiting);
			this.underWay = next;
			this.unconfirmed = (next != null) ? next.size() : 0;
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Handle the confirmation of one channel.
	 * @param kind the kind of the change
	 * @return the batch, if this was its last confirmation. The next request is made by
	 * {@link #proceed()}
	 */
	@Nullable ChannelBatch confirm(ChannelChange.Kind kind) {
		this.lock.lock();
		try {
			ChannelBatch batch = this.underWay;
			if (batch == null || batch.kind() != kind) {
				return null;
			}
			this.unconfirmed--;
			return (this.unconfirmed == 0) ? batch : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Make the next request, as the one that was under way has its answer.
	 */
	void proceed() {
		this.lock.lock();
		try {
			this.underWay = null;
		}
		finally {
			this.lock.unlock();
		}
		requestNext();
	}

}
