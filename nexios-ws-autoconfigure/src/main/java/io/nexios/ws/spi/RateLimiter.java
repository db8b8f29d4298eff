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
 * Bounds how often something happens. May be used by several threads at a time, none of
 * which ever waits.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface RateLimiter {

	/**
	 * Lets everything happen.
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
	 * Ask whether something may happen, and count it if so.
	 * @param permits what it counts for, above 0
	 * @return whether it may
	 */
	boolean tryAcquire(long permits);

	/**
	 * Allow at once, beyond the burst, what time would have allowed one by one.
	 * @param nanos how much time, in nanoseconds
	 */
	void credit(long nanos);

}
