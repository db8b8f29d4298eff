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

package io.nexios.ws.broker;

import java.time.Duration;

import io.nexios.ws.spi.TimeSource;

/**
 * How long messages and positions are kept. Changes of the wall clock have no effect.
 *
 * @author Nexios Team
 */
final class Lifetime {

	private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);

	private final TimeSource time;

	private final long nanos;

	Lifetime(TimeSource time, Duration duration) {
		this.time = time;
		this.nanos = ((duration.compareTo(MAX) < 0) ? duration : MAX).toNanos();
	}

	long now() {
		return this.time.nanoTime();
	}

	boolean isOver(long start) {
		return now() - start > this.nanos;
	}

	/**
	 * Return when a lifetime ends, or the present if it goes on.
	 * @param start when the lifetime began
	 * @return the earlier one of the two times
	 */
	long endOrNow(long start) {
		long now = now();
		return (now - start > this.nanos) ? start + this.nanos : now;
	}

}
