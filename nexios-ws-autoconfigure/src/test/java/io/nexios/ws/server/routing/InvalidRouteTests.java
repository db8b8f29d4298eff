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

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import io.nexios.ws.WSRouter;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the routes that a {@link RouteTable} refuses.
 *
 * @author Nexios Team
 */
class InvalidRouteTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/a?b=c|a query", "/a#b|a fragment", "ws://host/a|a scheme", "/a\\b|a backslash",
					"'/a b'|whitespace", "'/a\tb'|whitespace", "'/a\u0000b'|control character",
					"'/a\u00a0b'|whitespace", "//a|empty segment", "/a//b|empty segment", "/a/{x|has a '{' without",
					"/a/x}|has a '}' without", "/a/{x:[0-9]{3}|has a '{' without", "/a/../b|relative segment",
					"/.|relative segment", "/a;b=c|path parameter", "/a%20b|encoded character" })
	void invalidPathIsRefused(String path, String problem) {
		assertThatInvalid(path).satisfies((ex) -> assertThat(ex.description()).contains(problem));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/...", "/.hidden", "/a..b", "/a.", "/a%b", "/100%", "/a:b", "/a-b_c~d", "/@a", "/é" })
	void unusualPathsAreAccepted(String path) {
		assertThat(Routes.table(path).match(path.replace("%", "%25"))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/{}", "/{:int}", "/{1a}", "/{a b}", "/{*}", "/{a{b}}", "/{?}" })
	void variableWithoutAProperNameIsRefused(String path) {
		assertThatInvalid(path).satisfies((ex) -> assertThat(ex.description()).contains("without a proper name"));
	}

	@ParameterizedTest
	@CsvSource({ "foo", "Int", "integer", "uuid4", "' int'" })
	void unknownConverterIsRefused(String name) {
		assertThatInvalid("/{id:" + name + "}").satisfies((ex) -> {
			assertThat(ex.description()).contains("the converter '" + name + "', which does not exist");
			assertThat(ex.action()).contains("int, float, uuid, slug, str, path")
				.contains("{id:(?:" + name.strip() + ")}");
		});
	}

	@Test
	void regularExpressionRecommendedForAnUnknownConverterIsServed() {
		RouteTable routes = Routes.table("/{id:(?:foo)}");
		assertThat(routes.match("/foo")).isNotNull();
		assertThat(routes.match("/bar")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/{x}/{x}", "/{x}/{*x}", "/{x:int}/a/{x:path}", "/a{x}b{x}", "/{x}-{x:int}" })
	void repeatedVariableIsRefused(String path) {
		assertThatInvalid(path).satisfies((ex) -> assertThat(ex.description()).contains("two variables named 'x'"));
	}

	@Test
	void variableRepeatedAcrossRouterAndRouteIsRefused() {
		WSRouter router = new WSRouter("/{id}").addWsRoute("/x/{id:int}", (ws) -> {
		});
		RouteDefinition definition = new RouteDefinition(new RouterTree(router).resolve().get(0), "router bean 'chat'");
		assertThatExceptionOfType(InvalidRouteException.class)
			.isThrownBy(() -> new RouteTable(List.of(definition), List.of()))
			.satisfies((ex) -> assertThat(ex.description())
				.isEqualTo("Route '/{id}/x/{id:int}' of router bean 'chat' has two variables named 'id'."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/{p:path}/a", "/{p:path}/", "/a{p:path}", "/{p:path}b", "/{p:path}/{q}", "/{q}{p:path}" })
	void pathThatIsNotTheLastSegmentIsRefused(String path) {
		assertThatInvalid(path).satisfies((ex) -> assertThat(ex.action()).contains("the whole last segment"));
	}

	@Test
	void capturingGroupIsRefused() {
		assertThatInvalid("/{x:(a|b)}").satisfies((ex) -> assertThat(ex.action()).contains("(?:...)"));
	}

	@Test
	void slashInARegularExpressionIsRefused() {
		assertThatInvalid("/{x:a/b}").satisfies((ex) -> assertThat(ex.action()).contains("{x:path}"));
	}

	@Test
	void regularExpressionThatCannotBeReadIsRefused() {
		assertThatInvalid("/{x:[a}").satisfies((ex) -> assertThat(ex.description()).contains("cannot be read"));
	}

	@Test
	void emptyRegularExpressionIsRefused() {
		assertThatInvalid("/{x:}").satisfies((ex) -> assertThat(ex.action()).contains("{x}"));
	}

	@Test
	void restrictedRestIsRefused() {
		assertThatInvalid("/{*x:int}").satisfies((ex) -> assertThat(ex.action()).contains("{*x}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a/**/b", "/a/{*x}/b", "/a{*x}" })
	void patternThatSpringRefusesIsRefused(String path) {
		assertThatInvalid(path).satisfies((ex) -> assertThat(ex.description()).contains("is not a path pattern"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "/a /a", "/a/{x} /a/{y}", "/a/{x} /a/{y:str}", "/a/{x:int} /a/{y:int}",
			"a /a", "'' /", "/a/{x:path} /a/{*y}", "/a/{x:int} /a/{y:-?[0-9]+}", "/a/* /a/{x}" })
	void twoRoutesOfTheSamePatternAreRefused(String first, String second) {
		List<RouteDefinition> definitions = List.of(Routes.definition(first, "router bean 'one'"),
				Routes.definition(second, "route bean 'two'"));
		assertThatExceptionOfType(InvalidRouteException.class).isThrownBy(() -> new RouteTable(definitions, List.of()))
			.satisfies((ex) -> assertThat(ex.description()).contains("router bean 'one'", "route bean 'two'",
					"the same pattern"));
	}

	@Test
	void noTextFailsInAnyOtherWay() {
		Random random = new Random(20260802);
		for (int i = 0; i < 20_000; i++) {
			String path = "/" + random.ints(random.nextInt(14), 0, 15)
				.mapToObj((c) -> String.valueOf("/{}\\:a*b?()[]+ ".charAt(c)))
				.collect(Collectors.joining());
			try {
				Routes.table(path).match("/a/b");
			}
			catch (InvalidRouteException ex) {
				assertThat(ex.description()).contains("'" + path + "'").contains("route bean 'test'");
				assertThat(ex.action()).isNotEmpty();
			}
		}
	}

	private static ThrowableAssertAlternative<InvalidRouteException> assertThatInvalid(String path) {
		return assertThatExceptionOfType(InvalidRouteException.class).isThrownBy(() -> Routes.table(path))
			.satisfies((ex) -> assertThat(ex.description()).contains("route bean 'test'"))
			.satisfies((ex) -> assertThat(ex.getMessage()).isEqualTo(ex.description() + " " + ex.action()));
	}

}
