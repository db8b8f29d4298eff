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

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathConverter}, through a route that uses it.
 *
 * @author Nexios Team
 */
class PathConverterTests {

	@ParameterizedTest
	@CsvSource({ "0,0", "42,42", "-7,-7", "007,7", "2147483647,2147483647", "-2147483648,-2147483648" })
	void intConverts(String segment, int value) {
		assertThat(value("int", segment)).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2147483648", "-2147483649", "99999999999999999999", "1.5", "+1", "--1", "-", "a", "1a",
			"0x10", "%D9%A1" })
	void intDoesNotConvert(String segment) {
		assertThat(value("int", segment)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "1.5,1.5", "-0.25,-0.25", "00.50,0.5" })
	void floatConverts(String segment, double value) {
		assertThat(value("float", segment)).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NaN", "Infinity", "1e3", "1.", ".5", "1f", "1,5", "0x1p3", "1.2.3" })
	void floatDoesNotConvert(String segment) {
		assertThat(value("float", segment)).isNull();
	}

	@Test
	void floatThatIsTooLargeDoesNotConvert() {
		assertThat(value("float", "9".repeat(400))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000" })
	void uuidConverts(String segment) {
		assertThat(value("uuid", segment)).isEqualTo(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1-1-1-1-1", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
			"123e4567-e89b-12d3-a456-42661417400g", "{123e4567-e89b-12d3-a456-426614174000}" })
	void uuidDoesNotConvert(String segment) {
		assertThat(value("uuid", segment)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "A-b_9", "-", "_" })
	void slugConverts(String segment) {
		assertThat(value("slug", segment)).isEqualTo(segment);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b", "a%20b", "%C3%A9", "a~" })
	void slugDoesNotConvert(String segment) {
		assertThat(value("slug", segment)).isNull();
	}

	@Test
	void strIsDecoded() {
		assertThat(value("str", "a%20%C3%A9%2F.~")).isEqualTo("a é/.~");
	}

	@ParameterizedTest
	@CsvSource({ "/x/a,a", "/x/a/b/c,a/b/c", "/x/a/,a/", "/x/,''", "/x/a%20b/c,a b/c" })
	void pathTakesTheRestWithoutTheSlash(String path, String value) {
		RouteMatch match = Routes.table("/x/{v:path}").match(path);
		assertThat(match).isNotNull();
		assertThat(match.values()).containsEntry("v", value);
		assertThat(match.variables()).containsEntry("v", value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/x", "/xy", "/xy/a", "/" })
	void pathNeedsTheSlash(String path) {
		assertThat(Routes.table("/x/{v:path}").match(path)).isNull();
	}

	private static Object value(String converter, String segment) {
		RouteMatch match = Routes.table("/x/{v:" + converter + "}").match("/x/" + segment);
		return (match != null) ? match.values().get("v") : null;
	}

}
