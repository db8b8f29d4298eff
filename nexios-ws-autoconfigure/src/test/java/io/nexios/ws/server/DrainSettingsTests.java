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

package io.nexios.ws.server;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainSettings}.
 *
 * @author Nexios Team
 */
class DrainSettingsTests {

	private final DrainSettings settings = new DrainSettings(Duration.ofSeconds(10), 100, Duration.ofMillis(50));

	@Test
	void oneBatchNeedsNoPause() {
		assertThat(this.settings.pauseNanos(0)).isZero();
		assertThat(this.settings.pauseNanos(100)).isZero();
	}

	@Test
	void batchesAreAsFarApartAsWasAskedFor() {
		assertThat(Duration.ofNanos(this.settings.pauseNanos(101))).isEqualTo(Duration.ofMillis(50));
		assertThat(Duration.ofNanos(this.settings.pauseNanos(10_000))).isEqualTo(Duration.ofMillis(50));
	}

	@Test
	void allBatchesTakeHalfOfTheTimeAtMost() {
		assertThat(Duration.ofNanos(this.settings.pauseNanos(20_000))).isEqualTo(Duration.ofMillis(25));
	}

}
