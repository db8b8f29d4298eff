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

package io.nexios.ws.broker.redis.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Ends publications: with an outcome, or because their time is over. Used under the lock
 * of the {@link Outbox}. The callers hear of it without the lock.
 *
 * @author Nexios Team
 */
final class PendingEnds {

	private static final String TIMEOUT = "Redis has not answered in time";

	private final PendingQueue queue;

	private final OutboxLock lock;

	private final TimeSource time;

	private final RedisObserver observer;

	private final OldestTimer timer;

	private final long timeout;

	private @Nullable CompletableFuture<Void> flushed;

	PendingEnds(PendingQueue queue, OutboxLock lock, Duration timeout, TimeSource time, RedisObserver observer) {
		this.queue = queue;
		this.lock = lock;
		this.time = time;
		this.observer = observer;
		this.timeout = timeout.toNanos();
		this.timer = new OldestTimer(time, this::endOldest);
	}

	/**
	 * End a publication of the queue.
	 * @param message the publication
	 * @param outcome its outcome
	 */
	void end(Pending message, Outcome outcome) {
		this.queue.remove(message);
		tell(message, outcome);
		if (this.flushed != null && this.queue.isEmpty()) {
			CompletableFuture<Void> flushed = this.flushed;
			this.flushed = null;
			this.lock.afterwards(() -> flushed.complete(null));
		}
	}

	/**
	 * Tell the caller of a publication its outcome.
	 * @param message the publication
	 * @param outcome its outcome
	 */
	void tell(Pending message, Outcome outcome) {
		long nanos = this.time.nanoTime() - message.since;
		this.lock.afterwards(() -> {
			this.observer.published(outcome.kind(), nanos);
			if (outcome.failure() != null) {
				message.result.completeExceptionally(outcome.failure());
			}
			else {
				message.result.complete(outcome.acceptance());
			}
		});
	}

	/**
	 * Start the timer for the oldest publication, unless it runs.
	 */
	void startTimer() {
		Pending oldest = this.queue.oldest();
		if (oldest != null && this.timer.arm()) {
			long delay = oldest.since + this.timeout - this.time.nanoTime();
			this.lock.afterwards(() -> this.timer.start(Duration.ofNanos(Math.max(0, delay))));
		}
	}

	private void endOldest(boolean early) {
		this.lock.locked(() -> {
			this.timer.disarm();
			// A timer that runs early says that nobody is to wait any more
			endOlderThan(early ? Long.MIN_VALUE : this.timeout);
			startTimer();
		});
	}

	/**
	 * End the publications whose time is over.
	 */
	void endOverdue() {
		endOlderThan(this.timeout);
	}

	private void endOlderThan(long age) {
		long now = this.time.nanoTime();
		this.queue.endOldest((message) -> now - message.since >= age,
				(message) -> end(message, Outcome.givenUp(message, TIMEOUT, null)));
	}

	void endAll(String reason) {
		this.queue.endOldest((message) -> true, (message) -> end(message, Outcome.givenUp(message, reason, null)));
	}

	CompletionStage<Void> flushed() {
		if (this.queue.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		if (this.flushed == null) {
			this.flushed = new CompletableFuture<>();
		}
		return this.flushed.copy();
	}

}
