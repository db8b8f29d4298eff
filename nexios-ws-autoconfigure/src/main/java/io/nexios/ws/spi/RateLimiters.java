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
 * Creates rate limiters.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface RateLimiters {

	/**
	 * Creates limiters that permit every action.
	 */
	RateLimiters UNLIMITED = (perSecond, burst) -> RateLimiter.UNLIMITED;

	/**
	 * Create a limiter.
	 * @param perSecond the number of permits per second, from 1 to 1,000,000,000
	 * @param burst the number of permits that may be used at once after a quiet time
	 * @return the limiter, which starts with a full burst
	 */
	RateLimiter create(long perSecond, long burst);

}
