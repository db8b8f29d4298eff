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

/**
 * Limits the rate of an action. Several threads may use it at the same time. No method
 * waits.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface RateLimiter {

	/**
	 * Permits every action.
	 */
	RateLimiter UNLIMITED = new RateLimiter() {

		@Override
		public boolean tryAcquire(long permits) {
			return true;
		}

		@Override
		public void credit(long nanos) {
		}

	};

	/**
	 * Check whether an action is permitted. If it is, count it.
	 * @param permits the number of permits that the action takes, greater than 0
	 * @return whether the action is permitted
	 */
	boolean tryAcquire(long permits);

	/**
	 * Permit at once, in addition to the burst, what would have been permitted over a
	 * period of time.
	 * @param nanos the period in nanoseconds
	 */
	void credit(long nanos);

}
