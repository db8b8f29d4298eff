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

package io.nexios.ws.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnyOrigin}.
 *
 * @author Nexios Team
 */
class AnyOriginTests {

	@ParameterizedTest
	@ValueSource(strings = { "*", "**", "http*", "*://*", "http://*", "https://*", "http://**", "https://*:*",
			"https://*:8443", "https://*:[8080,8443]", "null" })
	void patternThatKeepsNobodyOutIsRecognized(String pattern) {
		assertThat(AnyOrigin.isAllowedBy(pattern)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example", "https://*.app.example", "https://app.example:[8080,8443]",
			"http://localhost:*", "https://*.example", "*.app.example", "" })
	void patternThatNamesAHostIsNotRecognized(String pattern) {
		assertThat(AnyOrigin.isAllowedBy(pattern)).isFalse();
	}

}
