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

package io.nexios.ws.server.limit;

import java.time.Duration;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.nexios.ws.spi.RateLimiter;
import io.nexios.ws.spi.RateLimiters;

/**
 * Creates rate limiters that use token buckets of Bucket4j. Each is local to this server.
 *
 * @author Nexios Team
 */
public final class BucketRateLimiters implements RateLimiters {

	private final TimeMeter clock;

	/**
	 * Create rate limiters that use the time of the JVM.
	 */
	public BucketRateLimiters() {
		// Bucket4j's default is the wall clock, which may be set
		this(TimeMeter.SYSTEM_NANOTIME);
	}

	BucketRateLimiters(TimeMeter clock) {
		this.clock = clock;
	}

	@Override
	public RateLimiter create(long perSecond, long burst) {
		Bucket bucket = Bucket.builder()
			.addLimit((limit) -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
			.withCustomTimePrecision(this.clock)
			.build();
		return new BucketRateLimiter(bucket, perSecond);
	}

}
