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

package io.nexios.ws.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A time source whose time stands still until a test moves it.
 *
 * @author Nexios Team
 */
public class ManualTimeSource implements TimeSource {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	// Passes the largest value soon, as the time of a JVM may do
	private static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	private final ReentrantLock moving = new ReentrantLock();

	private final PriorityQueue<Scheduled> scheduled = new PriorityQueue<>(
			Comparator.comparing(Scheduled::due).thenComparing(Scheduled::number));

	private Duration elapsed = Duration.ZERO;

	private long count;

	@Override
	public synchronized Instant instant() {
		return START.plus(this.elapsed);
	}

	@Override
	public synchronized long nanoTime() {
		return START_NANOS + this.elapsed.toNanos();
	}

	@Override
	public synchronized Timer schedule(Runnable task, Duration delay) {
		Scheduled entry = new Scheduled(this.elapsed.plus(delay), this.count++, task);
		this.scheduled.add(entry);
		return () -> cancel(entry);
	}

	private synchronized void cancel(Scheduled entry) {
		this.scheduled.remove(entry);
	}

	/**
	 * Return how many tasks wait for their time.
	 * @return the number of tasks that have neither begun nor been canceled
	 */
	public synchronized int waiting() {
		return this.scheduled.size();
	}

	/**
	 * Move the time forward. Tasks that become due run on this thread, each at its own
	 * time, in the order of these times. If another thread moves the time, this method
	 * waits for it first.
	 * @param duration by how much, which may be zero
	 */
	public void advance(Duration duration) {
		this.moving.lock();
		try {
			Duration target = elapsed().plus(duration);
			Scheduled next = next(target);
			while (next != null) {
				next.task().run();
				next = next(target);
			}
			moveTo(target);
		}
		finally {
			this.moving.unlock();
		}
	}

	private synchronized Duration elapsed() {
		return this.elapsed;
	}

	private synchronized @Nullable Scheduled next(Duration target) {
		Scheduled next = this.scheduled.peek();
		if (next == null || next.due().compareTo(target) > 0) {
			return null;
		}
		moveTo(next.due());
		return this.scheduled.remove();
	}

	private synchronized void moveTo(Duration time) {
		if (time.compareTo(this.elapsed) > 0) {
			this.elapsed = time;
		}
	}

	private record Scheduled(Duration due, long number, Runnable task) {

	}

}
