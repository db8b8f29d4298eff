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

import io.nexios.ws.server.thread.Punctuality.Sweep;
import io.nexios.ws.server.thread.ServerThreads.Progress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Punctuality}: sweeps each second, and limits of up to 20 seconds.
 *
 * @author Nexios Team
 */
class PunctualityTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private long now = Long.MAX_VALUE - 5 * SECOND;

	private final Punctuality punctuality = new Punctuality(Duration.ofSeconds(1), Duration.ofSeconds(20), this.now);

	@Test
	void sweepInTimeJudgesAndExcusesNothing() {
		for (int i = 0; i < 10; i++) {
			assertThat(sweepAfter(2)).isEqualTo(new Sweep(this.now, 0, 0, true));
		}
	}

	@Test
	void lateSweepJudgesNobodyAndExcusesEverything() {
		assertThat(sweepAfter(3)).isEqualTo(new Sweep(this.now, Long.MAX_VALUE, Long.MAX_VALUE, false));
		assertThat(sweepAfter(1)).isEqualTo(new Sweep(this.now, 0, 0, true));
	}

	@Test
	void fourthLateSweepInARowCountsForOneInterval() {
		for (int i = 0; i < 3; i++) {
			assertThat(sweepAfter(3).judging()).isFalse();
		}
		assertThat(sweepAfter(30)).isEqualTo(new Sweep(this.now, 29 * SECOND, 29 * SECOND, true));
		assertThat(sweepAfter(3)).isEqualTo(new Sweep(this.now, 2 * SECOND, 2 * SECOND, true));
	}

	@Test
	void sweepInTimeBetweenLateOnesDoesNotPutJudgingOff() {
		for (int i = 0; i < 3; i++) {
			assertThat(sweepAfter(3).judging()).isFalse();
			assertThat(sweepAfter(1).judging()).isTrue();
		}
		assertThat(sweepAfter(3)).isEqualTo(new Sweep(this.now, 2 * SECOND, 2 * SECOND, true));
	}

	@Test
	void lateSweepsThatAreRareAllExcuseEverything() {
		for (int i = 0; i < 10; i++) {
			assertThat(sweepAfter(3).unread()).isEqualTo(Long.MAX_VALUE);
			for (int inTime = 0; inTime < 21; inTime++) {
				assertThat(sweepAfter(1).judging()).isTrue();
			}
		}
	}

	@Test
	void noTimeCountsWhileTasksDoNotRun() {
		for (int i = 0; i < 3; i++) {
			assertThat(sweep(Progress.NONE)).isEqualTo(new Sweep(this.now, Long.MAX_VALUE, Long.MAX_VALUE, false));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(sweep(Progress.NONE)).isEqualTo(new Sweep(this.now, SECOND, SECOND, false));
		}
		assertThat(sweepAfter(1)).isEqualTo(new Sweep(this.now, 0, 0, true));
	}

	@Test
	void messagesForPeersAgeWhilePeersMayHoldTheThreads() {
		for (int i = 0; i < 3; i++) {
			assertThat(sweep(Progress.SLOW)).isEqualTo(new Sweep(this.now, Long.MAX_VALUE, Long.MAX_VALUE, false));
		}
		assertThat(sweep(Progress.SLOW)).isEqualTo(new Sweep(this.now, 0, SECOND, true));
	}

	private Sweep sweepAfter(int seconds) {
		this.now += seconds * SECOND;
		return this.punctuality.begin(this.now, Progress.GOOD);
	}

	private Sweep sweep(Progress progress) {
		this.now += SECOND;
		return this.punctuality.begin(this.now, progress);
	}

}
