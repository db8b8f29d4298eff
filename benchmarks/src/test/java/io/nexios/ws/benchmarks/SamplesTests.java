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

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Samples}.
 *
 * @author Nexios Team
 */
class SamplesTests {

	@Test
	void medianOfAnOddNumberIsTheMiddleOne() {
		assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
	}

	@Test
	void medianOfAnEvenNumberIsBetweenTheMiddleOnes() {
		assertThat(Samples.of(4, 1, 9, 2).median()).isEqualTo(3);
	}

	@Test
	void rangeIsThatOfAllValues() {
		assertThat(Samples.of(4, 1, 9).min()).isEqualTo(1);
		assertThat(Samples.of(4, 1, 9).max()).isEqualTo(9);
	}

	@Test
	void textHasTheRangeBesideTheMedian() {
		assertThat(Samples.of(12.54, 11.91, 1234.6)).hasToString("12.5 (11.9..1,235)");
	}

	@Test
	void textOfOneValueHasNoRange() {
		assertThat(Samples.of(0.254)).hasToString("0.25");
	}

	@Test
	void emptySamplesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
	}

}
