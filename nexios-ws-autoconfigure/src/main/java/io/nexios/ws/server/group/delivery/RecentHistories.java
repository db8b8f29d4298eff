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

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.spi.TimeSource;

/**
 * Limits the recent messages of all groups together. Messages are forgotten if no join
 * has used them for a while. If they are too large, those that were not used for the
 * longest time are forgotten first.
 *
 * @author Nexios Team
 */
public final class RecentHistories {

	private static final Duration UNUSED = Duration.ofSeconds(10);

	private final Set<RecentMessages> all = ConcurrentHashMap.newKeySet();

	private final AtomicLong bytes = new AtomicLong();

	private final HistoryLimits limits;

	private final TimeSource time;

	public RecentHistories(HistoryLimits limits, TimeSource time) {
		this.limits = limits;
		this.time = time;
	}

	/**
	 * Create the messages of a group, in use by a join.
	 * @return the messages, not read
	 */
	RecentMessages create() {
		RecentMessages messages = new RecentMessages(this);
		messages.use();
		this.all.add(messages);
		checkLater(messages, UNUSED);
		return messages;
	}

	private void checkLater(RecentMessages messages, Duration delay) {
		long due = now() + delay.toNanos();
		messages.checkedBy(this.time.schedule(() -> check(messages, due), delay));
	}

	private void check(RecentMessages messages, long due) {
		if (!this.all.contains(messages)) {
			return;
		}
		// A timer runs early if the server has stopped. Another one would run at once
		boolean stopped = due - now() > 0;
		long unused = Math.max(0, unused(messages));
		if (stopped || unused >= UNUSED.toNanos()) {
			messages.forget();
		}
		else {
			checkLater(messages, UNUSED.minusNanos(unused));
		}
	}

	long now() {
		return this.time.nanoTime();
	}

	int maxMessages() {
		return this.limits.maxMessages();
	}

	long maxBytes() {
		return this.limits.maxBytes();
	}

	boolean isExpired(Delivery delivery) {
		Duration age = Duration.between(delivery.message().publication().created(), this.time.instant());
		return age.compareTo(this.limits.ttl()) > 0;
	}

	void count(long bytes) {
		this.bytes.addAndGet(bytes);
	}

	void forgotten(RecentMessages messages, long bytes) {
		this.all.remove(messages);
		this.bytes.addAndGet(-bytes);
	}

	/**
	 * Forget messages until the rest is within the limit. The caller holds the lock of no
	 * messages.
	 */
	void limitTotal() {
		while (this.bytes.get() > this.limits.totalMaxBytes()) {
			RecentMessages oldest = this.all.stream().max(Comparator.comparing(this::unused)).orElse(null);
			if (oldest == null) {
				return;
			}
			oldest.forget();
		}
	}

	private long unused(RecentMessages messages) {
		Long since = messages.unusedSince();
		return (since != null) ? this.time.nanoTime() - since : -1;
	}

}
