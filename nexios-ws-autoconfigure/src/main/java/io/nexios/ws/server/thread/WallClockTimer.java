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
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * A timer of one connection, for a time of the wall clock. It runs its task after a day
 * at the latest, for two reasons: timers cannot count every delay, and the wall clock may
 * be set meanwhile. So the task may run too early, and sets the timer again as often as
 * necessary. The end of the connection cancels the timer, so that the timer keeps no
 * object in memory.
 *
 * @author Nexios Team
 */
public final class WallClockTimer {

	private static final Duration LONGEST_DELAY = Duration.ofDays(1);

	private final Runnable task;

	private final ServerThreads threads;

	private volatile @Nullable Future<?> timer;

	private volatile boolean cancelled;

	public WallClockTimer(Runnable task, ServerThreads threads) {
		this.task = task;
		this.threads = threads;
	}

	public void set(Duration delay) {
		if (this.cancelled) {
			return;
		}
		this.timer = this.threads.scheduleUnlessStopped(this.task,
				(delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY);
		if (this.cancelled) {
			// The other thread has cancelled in between and has not seen this timer
			cancel();
		}
	}

	public void cancel() {
		this.cancelled = true;
		Future<?> timer = this.timer;
		if (timer != null) {
			timer.cancel(false);
		}
	}

}
