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
import io.nexios.ws.spi.RateLimiter;

/**
 * A rate limiter that uses a token bucket of Bucket4j.
 *
 * @author Nexios Team
 */
final class BucketRateLimiter implements RateLimiter {

	private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

	private final Bucket bucket;

	private final long perSecond;

	BucketRateLimiter(Bucket bucket, long perSecond) {
		this.bucket = bucket;
		this.perSecond = perSecond;
	}

	@Override
	public boolean tryAcquire(long permits) {
		return this.bucket.tryConsume(permits);
	}

	@Override
	public void credit(long nanos) {
		long tokens = (long) (this.perSecond * (nanos / NANOS_PER_SECOND));
		if (tokens > 0) {
			this.bucket.forceAddTokens(tokens);
		}
	}

}
