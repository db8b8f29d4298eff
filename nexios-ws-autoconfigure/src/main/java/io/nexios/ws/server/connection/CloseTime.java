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

package io.nexios.ws.server.connection;

import java.time.Duration;

/**
 * Limits the time of a close. There are two limits: one for the time since the last
 * progress, and a longer one for the total time. A close makes progress when the
 * container takes bytes for the peer, or when the peer sends data.
 * <p>
 * The threads that read and write record progress. Only the sweeper checks whether the
 * time is over, so it does no harm if progress is recorded late.
 *
 * @author Nexios Team
 */
final class CloseTime {

	private volatile long startedAt;

	private final long timeout;

	private volatile long maxTime;

	private volatile long progressAt;

	private final boolean brief;

	private CloseTime(long now, Duration timeout, Duration maxTime, boolean brief) {
		this.brief = brief;
		this.startedAt = now;
		this.progressAt = now;
		this.timeout = timeout.toNanos();
		this.maxTime = maxTime.toNanos();
	}

	/**
	 * Start the time of a close that still delivers all sent messages.
	 * @param settings the limits
	 * @return the time, which has started
	 */
	static CloseTime of(ServerSettings.Close settings) {
		return new CloseTime(System.nanoTime(), settings.timeout(), settings.maxTime(), false);
	}

	/**
	 * Start the time of a close that progress does not prolong.
	 * @param time the time
	 * @return the time, which has started
	 */
	static CloseTime brief(Duration time) {
		return new CloseTime(System.nanoTime(), time, time, true);
	}

	void progress() {
		this.progressAt = System.nanoTime();
	}

	/**
	 * Excuse some of the time that has passed: it does not count. The total time is never
	 * prolonged, except for a brief close.
	 * @param nanos the time to excuse at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long nanos, long now) {
		if (this.brief) {
			this.startedAt = this.startedAt + Math.min(nanos, now - this.startedAt);
		}
		this.progressAt = this.progressAt + Math.min(nanos, now - this.progressAt);
	}

	/**
	 * Limit the time that is left. Progress does not prolong it.
	 * @param time the longest time that is left
	 */
	void endWithin(Duration time) {
		this.maxTime = Math.min(this.maxTime, System.nanoTime() - this.startedAt + time.toNanos());
	}

	/**
	 * Return whether the close has taken too long.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return whether the time is over
	 */
	boolean isOver(long now) {
		return now - this.progressAt > this.timeout || now - this.startedAt > this.maxTime;
	}

}
