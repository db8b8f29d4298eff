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

import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Random templates and paths.
 *
 * @author Nexios Team
 */
class RandomRouteTests {

	private static final String[] TEMPLATE_PARTS = { "/", "/", "a", "{", "}", ":", "*", "?", "int", "path", "x", "{x}",
			"{y:int}", "{z:[a-z]+}", "{*rest}", "/{p:path}", "\\", "(", ")", "[", "]", "+", ".", "..", ";", "#", "%",
			"%2f", "%zz", " ", "\n", "\u0000", "\u00e4", "\uD83D\uDE00", "\uD83D", "**", "{{", "}}", "://" };

	private static final String[] PATH_PARTS = { "/", "/", "a", "x", "1", "-", ".", "..", ";", ";a=b", "=", "%2f",
			"%2e", "%00", "%c3%a4", "%ff", "%C0%AF", "\\", "*", "{x}", "\u00e4", "\uD83D", "\n", "\u0000", "?", "#",
			"99999999999", "1e5", "NaN" };

	@Test
	void anyTemplateIsARouteOrInvalid() {
		Random random = new Random(20260901);
		int valid = 0;
		for (int i = 0; i < 50_000; i++) {
			String template = random(random, TEMPLATE_PARTS);
			RouteTable routes = tableOrNull(template);
			if (routes != null) {
				valid++;
				String path = random(random, PATH_PARTS);
				assertThatNoException().as("Template '%s' and path '%s'", template, path)
					.isThrownBy(() -> routes.match(path));
			}
		}
		assertThat(valid).isGreaterThan(1_000);
	}

	private static @Nullable RouteTable tableOrNull(String template) {
		try {
			return Routes.table(template);
		}
		catch (InvalidRouteException ex) {
			return null;
		}
		catch (RuntimeException ex) {
			throw new AssertionError("Template '" + template + "'", ex);
		}
	}

	@Test
	void anyPathMatchesOrNot() {
		RouteTable routes = Routes.table("/a", "/a/{x:int}", "/a/{x:float}", "/a/{x:uuid}", "/a/{x:slug}", "/a/{x}",
				"/x/{p:path}", "/{a}/{b}/{c}", "/1/{*rest}", "/-/{x:[a-z]+}/{y}");
		Random random = new Random(20260902);
		int matches = 0;
		for (int i = 0; i < 50_000; i++) {
			String path = random(random, PATH_PARTS);
			try {
				matches += (routes.match(path) != null) ? 1 : 0;
			}
			catch (RuntimeException ex) {
				throw new AssertionError("Path '" + path + "'", ex);
			}
		}
		assertThat(matches).isGreaterThan(1_000);
	}

	private static String random(Random random, String[] parts) {
		StringBuilder text = new StringBuilder("/");
		for (int i = random.nextInt(8); i > 0; i--) {
			text.append(parts[random.nextInt(parts.length)]);
		}
		return text.toString();
	}

	@ParameterizedTest
	@Timeout(60)
	@ValueSource(strings = { "int", "float", "uuid", "slug", "str", "path" })
	void hugeValueIsConvertedOrNotInNoTime(String converter) {
		RouteTable routes = Routes.table("/x/{v:" + converter + "}");
		for (String repeated : new String[] { "9", "-", "1.", "a-", "0", "%39", "a/", "\u00e4" }) {
			String path = "/x/" + repeated.repeat(100_000 / repeated.length()) + "!";
			assertThatNoException().isThrownBy(() -> routes.match(path));
		}
	}

}
