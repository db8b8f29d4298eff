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
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

import io.nexios.ws.spi.TimeSource;

/**
 * The time of the machine, and timers on the threads of the server. When the server
 * stops, all timers run at once, so that nobody waits for one that never runs.
 *
 * @author Nexios Team
 */
public final class ServerTime implements TimeSource {

	private final Set<Pending> pending = ConcurrentHashMap.newKeySet();

	private final ServerThreads threads;

	private volatile boolean stopped;

	public ServerTime(ServerThreads threads) {
		this.threads = threads;
		threads.whenStopped(this::stop);
	}

	@Override
	public Instant instant() {
		return Instant.now();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, Duration delay) {
		Pending timer = new Pending(task);
		this.pending.add(timer);
		Future<?> future = this.threads.scheduleUnlessStopped(timer::run, delay);
		if (this.stopped) {
			// The server may have stopped before the timer was added
			this.threads.executeSurely(timer::run);
		}
		return () -> {
			this.pending.remove(timer);
			future.cancel(false);
		};
	}

	private void stop() {
		this.stopped = true;
		this.pending.forEach((timer) -> this.threads.executeSurely(timer::run));
	}

	/**
	 * A timer that has not run. It is compared by identity.
	 */
	private final class Pending {

		private final Runnable task;

		Pending(Runnable task) {
			this.task = task;
		}

		void run() {
			if (ServerTime.this.pending.remove(this)) {
				this.task.run();
			}
		}

	}

}
