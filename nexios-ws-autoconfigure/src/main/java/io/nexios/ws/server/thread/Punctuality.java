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

import io.nexios.ws.server.thread.ServerThreads.Progress;

/**
 * Decides how much of the time since the last sweep counts against peers. Two things show
 * that this side did not run: a late sweep, because the process was stopped or the
 * machine is busy, and a task that was handed over at the last sweep and has not run. In
 * this case the server has not yet seen what peers have sent or read meanwhile.
 * <p>
 * The first three such sweeps do not check peers, and all times start again. A fourth one
 * checks peers, and counts for one interval. Otherwise a server that is often late would
 * never give up a stalled peer. If the longest limit passes without such a sweep, the
 * count starts again.
 * <p>
 * While tasks do not run, no time counts. There is one exception: if peers may be what
 * holds the threads, the time counts for the messages that wait for peers.
 * <p>
 * Used only by the sweeper.
 *
 * @author Nexios Team
 */
public final class Punctuality {

	private static final int LATE = 2;

	private static final int FRESH_STARTS = 3;

	private final long interval;

	private final long longestLimit;

	private long last;

	private long lastDelay;

	private int delays;

	/**
	 * Create the punctuality of a sweeper.
	 * @param interval the time between two sweeps
	 * @param longestLimit the longest time that a peer is given
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	public Punctuality(Duration interval, Duration longestLimit, long now) {
		this.interval = interval.toNanos();
		this.longestLimit = longestLimit.toNanos();
		this.last = now;
		this.lastDelay = now;
	}

	/**
	 * Begin a sweep.
	 * @param now the time
	 * @param progress whether the threads of this side run their tasks
	 * @return what the sweep may do
	 */
	public Sweep begin(long now, Progress progress) {
		long previous = this.last;
		long passed = now - previous;
		this.last = now;
		if (passed <= LATE * this.interval && progress == Progress.GOOD) {
			return new Sweep(now, 0, 0, true);
		}
		this.delays = (previous - this.lastDelay > this.longestLimit) ? 1 : this.delays + 1;
		this.lastDelay = now;
		if (this.delays <= FRESH_STARTS) {
			return new Sweep(now, Long.MAX_VALUE, Long.MAX_VALUE, false);
		}
		long late = Math.max(0, passed - this.interval);
		return switch (progress) {
			case GOOD -> new Sweep(now, late, late, true);
			case SLOW -> new Sweep(now, late, passed, true);
			case NONE -> new Sweep(now, passed, passed, false);
		};
	}

	/**
	 * One check of all connections.
	 *
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @param unwritten how much of the time before now does not count for messages that
	 * wait for peers, in nanoseconds
	 * @param unread how much of the time before now does not count for data that is
	 * expected from peers, in nanoseconds
	 * @param judging whether peers that take too long are given up
	 */
	public record Sweep(long now, long unwritten, long unread, boolean judging) {

	}

}
