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

package io.nexios.ws.benchmarks;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Measurement}.
 *
 * @author Nexios Team
 */
class MeasurementTests {

	@Test
	void numbersOfALineAreRead() {
		Measurement measurement = Measurement.parse("work=echo per_second=1000.5 failed=0\n");
		assertThat(measurement.values()).isEqualTo(Map.of("per_second", 1000.5, "failed", 0.0));
	}

	@Test
	void negativeNumberIsRead() {
		assertThat(Measurement.parse("growth=-3.25").get("growth")).isEqualTo(-3.25);
	}

	@Test
	void lineOfAnotherKindIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> Measurement.parse("usage: wsload"))
			.withMessageContaining("usage: wsload");
	}

	@Test
	void missingNumberIsNamed() {
		assertThatIllegalStateException().isThrownBy(() -> Measurement.parse("failed=0").get("per_second"))
			.withMessageContaining("per_second");
	}

	@Test
	void summaryHasTheImportantNumbersOnly() {
		assertThat(Measurement.parse("failed=0 p99_us=1200 per_second=3.14159").summary())
			.isEqualTo("per_second=3.14 p99_us=1,200");
	}

}
