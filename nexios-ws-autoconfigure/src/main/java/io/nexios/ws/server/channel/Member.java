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

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.channel.Channel;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A channel in one group. While the history is being read, live messages wait. These are
 * all messages that came since the channel was added. They are sent from here, in their
 * order, after the older part of the history. So it does not matter which of them the
 * history has, or has already removed because of its limits. A channel whose connection
 * has not opened does not get the messages that come before it opens. It counts as added
 * when its connection opens.
 *
 * @author Nexios Team
 */
final class Member {

	private final Channel channel;

	private final ServerChannelConnection connection;

	private volatile @Nullable Backlog backlog;

	Member(Channel channel, boolean awaitingHistory) {
		this.channel = channel;
		this.connection = ServerChannelConnection.of(channel);
		this.backlog = awaitingHistory ? new Backlog(channel.webSocket().isConnected()) : null;
	}

	Channel channel() {
		return this.channel;
	}

	void deliver(BrokerMessage message, SharedFrames frames) {
		Backlog backlog = this.backlog;
		if (backlog == null || !backlog.add(message, frames)) {
			offer(message, frames);
		}
	}

	private void offer(BrokerMessage message, SharedFrames frames) {
		String except = message.publication().except();
		if (except == null || !except.equals(this.channel.id())) {
			this.connection.offer(frames, this.channel.payloadType());
		}
	}

	/**
	 * Let live messages wait from now on, if they do not wait yet.
	 */
	void awaitHistory() {
		backlog().keep();
	}

	void replay(List<Delivery> history) {
		backlog().replay(history);
		this.backlog = null;
	}

	private Backlog backlog() {
		Backlog backlog = this.backlog;
		Assert.state(backlog != null, "The member does not wait for the history");
		return backlog;
	}

	/**
	 * A message with its frames.
	 *
	 * @param message the message
	 * @param frames its frames
	 */
	record Delivery(BrokerMessage message, SharedFrames frames) {

	}

	/**
	 * The live messages that wait. Because of the lock, the change from waiting to live
	 * is one step for the threads that deliver.
	 */
	private final class Backlog {

		private final ReentrantLock lock = new ReentrantLock();

		private final Queue<Delivery> waiting = new ArrayDeque<>();

		private boolean keeping;

		private boolean live;

		Backlog(boolean keeping) {
			this.keeping = keeping;
		}

		void keep() {
			this.lock.lock();
			try {
				this.keeping = true;
			}
			finally {
				this.lock.unlock();
			}
		}

		boolean add(BrokerMessage message, SharedFrames frames) {
			this.lock.lock();
			try {
				if (this.keeping && !this.live) {
					this.waiting.add(new Delivery(message, frames));
				}
				return !this.live;
			}
			finally {
				this.lock.unlock();
			}
		}

		void replay(List<Delivery> history) {
			this.lock.lock();
			try {
				long firstWaiting = firstWaitingOffset();
				history.stream()
					.filter((delivery) -> delivery.message().offset() < firstWaiting)
					.forEach((delivery) -> offer(delivery.message(), delivery.frames()));
				this.waiting.forEach((delivery) -> offer(delivery.message(), delivery.frames()));
				this.waiting.clear();
				this.live = true;
			}
			finally {
				this.lock.unlock();
			}
		}

		private long firstWaitingOffset() {
			return this.waiting.stream()
				.filter((delivery) -> delivery.message().publication().saved())
				.mapToLong((delivery) -> delivery.message().offset())
				.findFirst()
				.orElse(Long.MAX_VALUE);
		}

	}

}
