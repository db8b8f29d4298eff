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

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Converter that a path variable can name after its colon. The regular expression
 * excludes values that clearly do not convert. The conversion makes the final decision:
 * it returns {@code null} for a value that does not convert.
 *
 * @author Nexios Team
 */
enum PathConverter {

	INT("-?[0-9]+", PathConverter::toInteger),

	FLOAT("-?[0-9]+(?:\\.[0-9]+)?", PathConverter::toFiniteDouble),

	UUID("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", java.util.UUID::fromString),

	SLUG("[a-zA-Z0-9_-]+", (value) -> value),

	STR(null, (value) -> value.isEmpty() ? null : value),

	/**
	 * The rest of the path after a slash, possibly empty. A path without the slash does
	 * not match.
	 */
	PATH(null, (value) -> value.isEmpty() ? null : value.substring(1));

	private final @Nullable String regex;

	private final Function<String, @Nullable Object> conversion;

	PathConverter(@Nullable String regex, Function<String, @Nullable Object> conversion) {
		this.regex = regex;
		this.conversion = conversion;
	}

	@Nullable String regex() {
		return this.regex;
	}

	@Nullable Object convert(String value) {
		return this.conversion.apply(value);
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	static @Nullable PathConverter named(String name) {
		return Arrays.stream(values()).filter((candidate) -> candidate.toString().equals(name)).findAny().orElse(null);
	}

	static String names() {
		return Arrays.stream(values()).map(PathConverter::toString).collect(Collectors.joining(", "));
	}

	private static @Nullable Integer toInteger(String value) {
		try {
			return Integer.valueOf(value);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable Double toFiniteDouble(String value) {
		double number = Double.parseDouble(value);
		return Double.isFinite(number) ? number : null;
	}

}
