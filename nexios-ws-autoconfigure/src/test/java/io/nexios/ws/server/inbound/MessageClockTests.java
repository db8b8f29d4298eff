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

package io.nexios.ws.server.inbound;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that delays of the server do not count as delays of the peer.
 *
 * @author Nexios Team
 */
class MessageClockTests {

	private static final Duration LIMIT = Duration.ofHours(1);

	private static final long BEYOND = LIMIT.plusMinutes(1).toNanos();

	private final MessageClock clock = new MessageClock();

	@Test
	void messageThatTakesTooLongIsOverdue() {
		this.clock.start();
		long now = System.nanoTime();
		assertThat(this.clock.checkOverdue(now, LIMIT, false)).isFalse();
		assertThat(this.clock.checkOverdue(now + BEYOND, LIMIT, false)).isTrue();
	}

	@Test
	void morePiecesDoNotStartTheClockAnew() {
		this.clock.start();
		long started = System.nanoTime();
		this.clock.start();
		assertThat(this.clock.checkOverdue(started + LIMIT.toNanos() + 1, LIMIT, false)).isTrue();
	}

	@Test
	void nothingIsOverdueWhileNothingArrives() {
		long now = System.nanoTime();
		assertThat(this.clock.checkOverdue(now + BEYOND, LIMIT, false)).isFalse();
		this.clock.start();
		this.clock.stop();
		assertThat(this.clock.checkOverdue(now + BEYOND, LIMIT, false)).isFalse();
	}

	@Test
	void pauseDoesNotCount() {
		this.clock.start();
		long resumed = System.nanoTime() + BEYOND;
		assertThat(this.clock.checkOverdue(resumed, LIMIT, true)).isFalse();
		assertThat(this.clock.checkOverdue(resumed + 1, LIMIT, false)).isFalse();
		assertThat(this.clock.checkOverdue(resumed + BEYOND, LIMIT, false)).isTrue();
	}

	@Test
	void excusedTimeDoesNotCount() {
		this.clock.start();
		long now = System.nanoTime() + BEYOND;
		this.clock.excuse(Duration.ofMinutes(2).toNanos(), now);
		assertThat(this.clock.checkOverdue(now, LIMIT, false)).isFalse();
		assertThat(this.clock.checkOverdue(now + Duration.ofMinutes(2).toNanos(), LIMIT, false)).isTrue();
	}

	@Test
	void excuseCanBeForAllOfTheTime() {
		this.clock.start();
		long now = System.nanoTime() + 10 * BEYOND;
		this.clock.excuse(Long.MAX_VALUE, now);
		assertThat(this.clock.checkOverdue(now + LIMIT.toNanos() - 1, LIMIT, false)).isFalse();
		assertThat(this.clock.checkOverdue(now + BEYOND, LIMIT, false)).isTrue();
	}

	@Test
	void excuseIsNotForWhatArrivesLater() {
		long now = System.nanoTime();
		this.clock.excuse(Long.MAX_VALUE, now - BEYOND);
		this.clock.start();
		assertThat(this.clock.checkOverdue(now + LIMIT.toNanos() - 1, LIMIT, false)).isFalse();
	}

}
