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

import io.github.bucket4j.TimeMeter;
import io.nexios.ws.spi.RateLimiter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Buckets have the configured rate and burst.
 *
 * @author Nexios Team
 */
class BucketRateLimitersTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final Clock clock = new Clock();

	private final BucketRateLimiters limiters = new BucketRateLimiters(this.clock);

	@Test
	void burstIsAllowedAtOnceAndNoMore() {
		assertThat(allowed(this.limiters.create(2, 10))).isEqualTo(10);
	}

	@Test
	void timeAllowsMore() {
		RateLimiter limiter = this.limiters.create(2, 10);
		allowed(limiter);
		this.clock.now += SECOND;
		assertThat(allowed(limiter)).isEqualTo(2);
		this.clock.now += SECOND / 2;
		assertThat(allowed(limiter)).isEqualTo(1);
	}

	@Test
	void quietTimeAllowsTheBurst() {
		RateLimiter limiter = this.limiters.create(2, 10);
		allowed(limiter);
		this.clock.now += 1_000 * SECOND;
		assertThat(allowed(limiter)).isEqualTo(10);
	}

	@Test
	void creditIsAddedToTheBurst() {
		RateLimiter limiter = this.limiters.create(2, 10);
		limiter.credit(3 * SECOND);
		this.clock.now += SECOND;
		assertThat(allowed(limiter)).isEqualTo(16);
	}

	@Test
	void creditOfNextToNothingIsNothing() {
		RateLimiter limiter = this.limiters.create(2, 10);
		limiter.credit(1);
		limiter.credit(0);
		assertThat(allowed(limiter)).isEqualTo(10);
	}

	@Test
	void greatestRateIsPossible() {
		RateLimiter limiter = this.limiters.create(1_000_000_000, 5_000_000_000L);
		limiter.credit(Duration.ofDays(365).toNanos());
		assertThat(limiter.tryAcquire(5_000_000_000L)).isTrue();
	}

	private static int allowed(RateLimiter limiter) {
		int allowed = 0;
		while (limiter.tryAcquire(1)) {
			allowed++;
		}
		return allowed;
	}

	private static final class Clock implements TimeMeter {

		private long now = -5 * SECOND;

		@Override
		public long currentTimeNanos() {
			return this.now;
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
