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

package io.nexios.ws.server.thread;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.spi.TimeSource.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerTime}.
 *
 * @author Nexios Team
 */
class ServerTimeTests {

	private final ServerThreads threads = new ServerThreads(5);

	private final ServerTime time = new ServerTime(this.threads);

	private final CountDownLatch runs = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Test
	void timerRunsAfterItsDelay() throws Exception {
		long start = this.time.nanoTime();
		this.time.schedule(this.runs::countDown, Duration.ofMillis(20));
		assertThat(this.runs.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.time.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
	}

	@Test
	void timerThatWaitsRunsWhenTheServerStops() throws Exception {
		this.time.schedule(this.runs::countDown, Duration.ofDays(1));
		this.threads.close();
		assertThat(this.runs.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void timerOfAServerThatHasStoppedRunsAtOnce() throws Exception {
		this.threads.close();
		this.time.schedule(this.runs::countDown, Duration.ofDays(1));
		assertThat(this.runs.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void canceledTimerNeverRuns() throws Exception {
		Timer timer = this.time.schedule(this.runs::countDown, Duration.ofDays(1));
		timer.cancel();
		this.threads.close();
		CountDownLatch later = new CountDownLatch(1);
		this.time.schedule(later::countDown, Duration.ZERO);
		assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.runs.getCount()).isOne();
		Awaitility.await().untilAsserted(() -> assertThat(this.time).extracting("pending").asString().isEqualTo("[]"));
	}

}
