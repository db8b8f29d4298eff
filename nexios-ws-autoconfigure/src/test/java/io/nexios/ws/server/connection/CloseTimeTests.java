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

package io.nexios.ws.server.connection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CloseTime}.
 *
 * @author Nexios Team
 */
class CloseTimeTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final long start = System.nanoTime();

	@Test
	void closeIsOverWithoutProgress() {
		CloseTime time = close(10, 60);
		assertThat(time.isOver(after(9))).isFalse();
		assertThat(time.isOver(after(11))).isTrue();
	}

	@Test
	void excuseMovesTheLastProgress() {
		CloseTime time = close(10, 60);
		time.excuse(Long.MAX_VALUE, after(11));
		assertThat(time.isOver(after(20))).isFalse();
		assertThat(time.isOver(after(22))).isTrue();
	}

	@Test
	void excusesDoNotProlongTheTotalTime() {
		CloseTime time = close(10, 60);
		for (int second = 9; second < 60; second += 9) {
			time.excuse(Long.MAX_VALUE, after(second));
			assertThat(time.isOver(after(second))).isFalse();
		}
		time.excuse(Long.MAX_VALUE, after(61));
		assertThat(time.isOver(after(61))).isTrue();
	}

	@Test
	void excuseProlongsABriefClose() {
		CloseTime time = CloseTime.brief(Duration.ofSeconds(1));
		time.excuse(Long.MAX_VALUE, after(5));
		assertThat(time.isOver(after(5))).isFalse();
		assertThat(time.isOver(after(7))).isTrue();
	}

	private static CloseTime close(int timeout, int maxTime) {
		return CloseTime.of(new ServerSettings.Close(Duration.ofSeconds(timeout), Duration.ofSeconds(maxTime)));
	}

	private long after(int seconds) {
		return this.start + seconds * SECOND;
	}

}
