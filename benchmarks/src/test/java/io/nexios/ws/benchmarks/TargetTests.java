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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Target}.
 *
 * @author Nexios Team
 */
class TargetTests {

	@Test
	void moreIsReachedFromTheBoundOn() {
		Target target = Target.atLeast("echo", 1.5);
		assertThat(target.isReachedBy(Samples.of(1, 1.5, 2))).isTrue();
		assertThat(target.isReachedBy(Samples.of(1, 1.4, 2))).isFalse();
	}

	@Test
	void lessIsReachedUpToTheBound() {
		Target target = Target.atMost("echo", 0.65);
		assertThat(target.isReachedBy(Samples.of(0.65))).isTrue();
		assertThat(target.isReachedBy(Samples.of(0.66))).isFalse();
	}

	@Test
	void boundHasItsDirectionAndUnit() {
		assertThat(Target.atMost("heap", 56).in("KB").bounds()).isEqualTo("≤ 56.0 KB");
	}

}
