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

package io.nexios.ws.server.routing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PatternStructure}.
 *
 * @author Nexios Team
 */
class PatternStructureTests {

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "/a/{x} /a/{y}", "/a/{x:[0-9]{3}}/b /a/{y:[0-9]{3}}/b", "/a/{*x} /a/{*y}",
			"/a/** /a/{*x}", "/a/*/b /a/{x}/b", "/* /{x}", "/v{x}.json /v{y}.json" })
	void structureIsTheSameWhateverTheNames(String first, String second) {
		assertThat(PatternStructure.of(first)).isEqualTo(PatternStructure.of(second));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "/a /a/", "/a /b", "/a/{x} /a/{x:[0-9]+}", "/a/{x} /a/{*x}",
			"/a/{x:a+} /a/{x:b+}", "/a/b* /a/b{x}", "/{x} /{x}/", "/a/*{x} /a/{y}{x}", "/a /A" })
	void structureOfOtherPatternsDiffers(String first, String second) {
		assertThat(PatternStructure.of(first)).isNotEqualTo(PatternStructure.of(second));
	}

}
