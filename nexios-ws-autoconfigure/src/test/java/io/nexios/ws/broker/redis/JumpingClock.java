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

package io.nexios.ws.broker.redis;

import java.time.Duration;
import java.time.Instant;

import io.nexios.ws.spi.TimeSource;

/**
 * The time of a machine whose wall clock is set to another time.
 *
 * @author Nexios Team
 */
final class JumpingClock implements TimeSource {

	private final TimeSource time;

	private volatile Duration ahead = Duration.ZERO;

	JumpingClock(TimeSource time) {
		this.time = time;
	}

	/**
	 * Set the clock.
	 * @param ahead how far it is ahead of the right time
	 */
	void set(Duration ahead) {
		this.ahead = ahead;
	}

	@Override
	public Instant instant() {
		return this.time.instant().plus(this.ahead);
	}

	@Override
	public long nanoTime() {
		return this.time.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, Duration delay) {
		return this.time.schedule(task, delay);
	}

}
