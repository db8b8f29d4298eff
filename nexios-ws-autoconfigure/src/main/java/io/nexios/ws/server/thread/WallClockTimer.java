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
 * A timer of one connection, for something that a wall clock tells. Set anew as often as
 * need be, also because it wakes early: after a day at the latest, less than what timers
 * can count, and as a wall clock may be set meanwhile. The end of the connection cancels
 * it, so that it keeps nothing.
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
			// Meanwhile, and has not seen this timer
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
