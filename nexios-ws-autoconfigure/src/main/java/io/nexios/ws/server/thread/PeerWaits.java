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
 * The platform threads that wait for peers to read, or may come to while they write.
 * Those of consumers are shared: one that waits for long is replaced by another, and one
 * that waits at all if callbacks of others wait for it. No more than a limit wait, with
 * the threads of handlers, which serve one connection each and therefore may in any case.
 * <p>
 * The clock looks at waits while there are any. Most are over by then.
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

	// Used by the clock alone
	private int replaced;

	PeerWaits(ConsumerThreads threads, ScheduledExecutorService clock, int max) {
		this.threads = threads;
		this.clock = clock;
		this.max = max;
	}

	/**
	 * The current thread is going to wait, or to do something that may wait.
	 * @return whether it may; otherwise nothing has to be ended
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
				// The server has stopped, and each callback has a thread of its own
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
