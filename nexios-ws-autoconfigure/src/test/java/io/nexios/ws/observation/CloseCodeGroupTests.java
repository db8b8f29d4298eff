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

package io.nexios.ws.observation;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CloseCodeGroup}.
 *
 * @author Nexios Team
 */
class CloseCodeGroupTests {

	@ParameterizedTest
	@CsvSource({ "1000, 1000", "1006, 1006", "1015, 1015", "1016, other", "2999, other", "3000, 3xxx", "3999, 3xxx",
			"4000, 4xxx", "4999, 4xxx", "5000, other", "0, other", "-1, other" })
	void codesAreGrouped(int code, String group) {
		assertThat(CloseCodeGroup.of(code)).isEqualTo(group);
	}

	@Test
	void allCloseCodesFallIntoNineteenGroups() {
		assertThat(IntStream.range(0, 65_536).mapToObj(CloseCodeGroup::of).distinct()).hasSize(19);
	}

}
