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

package io.nexios.ws.server.thread;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the platform threads that wait for peers to read, or that may wait while they
 * write. Consumers share their threads. A consumer's thread that waits for long (50 ms)
 * is replaced by another. If callbacks wait for a thread, 5 ms are enough. The number of
 * waiting threads has a limit. The threads of handlers count, but they may always wait,
 * because each of them serves one connection.
 * <p>
 * The clock checks the waits every 5 ms while there are any. Most of them are over before
 * the first check.
 *
 * @author Nexios Team
 */
final class PeerWaits {

	private static final long INTERVAL = Duration.ofMillis(5).toNanos();

	private static final long LONG = Duration.ofMillis(50).toNanos();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Map<Thread, Long> consumers = new ConcurrentHashMap<>();

	private final AtomicBoolean watched = new AtomicBoolean();

	private final ConsumerThreads threads;

	private final ScheduledExecutorService clock;

	private final int max;

	// Used only by the clock
	private int replaced;

	PeerWaits(ConsumerThreads threads, ScheduledExecutorService clock, int max) {
		this.threads = threads;
		this.clock = clock;
		this.max = max;
	}

	/**
	 * The current thread is about to wait, or to do something that may wait.
	 * @return whether it may wait. If not, {@link #end()} must not be called
	 */
	boolean begin() {
		boolean shared = ConsumerThreads.isCurrent();
		if (this.waiting.incrementAndGet() > this.max && shared) {
			this.waiting.decrementAndGet();
			return false;
		}
		if (shared) {
			this.consumers.put(Thread.currentThread(), System.nanoTime());
			watch();
		}
		return true;
	}

	/**
	 * The current thread does not wait any more.
	 */
	void end() {
		this.consumers.remove(Thread.currentThread());
		this.waiting.decrementAndGet();
	}

	private void watch() {
		if (this.watched.compareAndSet(false, true)) {
			try {
				this.clock.schedule(this::look, INTERVAL, TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException ex) {
				// The server has stopped. Now each callback has a thread of its own
			}
		}
	}

	private void look() {
		try {
			replace(countWaiting());
		}
		finally {
			this.watched.set(false);
			if (!this.consumers.isEmpty() || this.replaced > 0) {
				watch();
			}
		}
	}

	private int countWaiting() {
		long now = System.nanoTime();
		long patience = this.threads.areShort() ? INTERVAL : LONG;
		int count = 0;
		for (long since : this.consumers.values()) {
			if (now - since >= patience) {
				count++;
			}
		}
		return count;
	}

	private void replace(int waiting) {
		if (waiting != this.replaced) {
			this.replaced = waiting;
			this.threads.replace(waiting);
		}
	}

}
