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

package io.nexios.ws.benchmarks;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for other processes, which cannot notify this process.
 *
 * @author Nexios Team
 */
public final class Poll {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private Poll() {
	}

	/**
	 * Wait until a condition holds.
	 * @param limit the maximum time
	 * @param condition the condition
	 * @return whether the condition holds
	 */
	public static boolean until(Duration limit, BooleanSupplier condition) {
		return until(limit, INTERVAL, condition);
	}

	public static boolean until(Duration limit, Duration interval, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > limit.toNanos()) {
				return false;
			}
			pause(interval.toMillis());
		}
		return true;
	}

	public static void pause(long milliseconds) {
		try {
			// The condition depends on another process or on time, so nothing can notify
			// this thread
			Thread.sleep(milliseconds);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
