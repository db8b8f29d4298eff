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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RouteTable}.
 *
 * @author Nexios Team
 */
class RouteTableTests {

	@ParameterizedTest
	@ValueSource(strings = { "/chatroom", "/chat/", "/chat/x", "/Chat", "/", "", "/cha" })
	void literalMatchesNothingElse(String path) {
		assertThat(Routes.table("/chat").match(path)).isNull();
	}

	@Test
	void slashAtTheEndIsAnotherPath() {
		RouteTable routes = Routes.table("/chat", "/chat/");
		assertThat(matched(routes, "/chat")).isEqualTo("/chat");
		assertThat(matched(routes, "/chat/")).isEqualTo("/chat/");
	}

	@Test
	void emptyPathIsTheRoot() {
		assertThat(matched(Routes.table(""), "/")).isEqualTo("/");
	}

	@Test
	void pathWithoutSlashGetsOne() {
		assertThat(matched(Routes.table("chat"), "/chat")).isEqualTo("/chat");
	}

	@Test
	void parsedPathIsMatched() {
		assertThat(Routes.table("/chat").match(PathContainer.parsePath("/chat"))).isNotNull();
	}

	@Test
	void pathParametersAreIgnored() {
		assertThat(Routes.table("/chat/{id:int}").match("/chat;v=1/5;w=2").values()).isEqualTo(Map.of("id", 5));
	}

	@ParameterizedTest
	@CsvSource({ "/{*rest},/{a}", "/{a},/{a:int}", "/{a:int},/5", "/{a},/5", "/**,/5", "/*,/{a:int}", "/{a:path},/5",
			"/{*rest},/{a:int}" })
	void moreSpecificRouteWins(String general, String specific) {
		assertThat(matched(Routes.table(general, specific), "/5")).isEqualTo(specific);
		assertThat(matched(Routes.table(specific, general), "/5")).isEqualTo(specific);
	}

	@ParameterizedTest
	@CsvSource({ "/{a}/{b},/{a}/{b:int}", "/{a}/{b:int},/{a:int}/{b}", "/{a:int}/{b},/{a:int}/{b:int}",
			"/{a:int}/{b:int},/{a}/6", "/{a}-{b},/{a:int}-{b}", "/{a}/{*b},/5/{*b}", "/{*b},/{a}/{*b}",
			"/{a}/{*b},/{a:int}/{*b}", "/{*b},/5/{b:path}" })
	void moreSpecificRouteWinsInSeveralSegments(String general, String specific) {
		for (String path : List.of("/5/6", "/5-6")) {
			if (Routes.table(specific).match(path) != null) {
				assertThat(matched(Routes.table(general, specific), path)).isEqualTo(specific);
				assertThat(matched(Routes.table(specific, general), path)).isEqualTo(specific);
			}
		}
	}

	@Test
	void lengthOfARegularExpressionDoesNotCount() {
		RouteTable routes = Routes.table("/v{a:int}", "/v{b:slug}");
		assertThat(matched(routes, "/v5")).isEqualTo("/v{a:int}");
	}

	@Test
	void firstOneOfATieWins() {
		assertThat(matched(Routes.table("/{a:int}", "/{b:float}"), "/5")).isEqualTo("/{a:int}");
		assertThat(matched(Routes.table("/{b:float}", "/{a:int}"), "/5")).isEqualTo("/{b:float}");
	}

	@Test
	void valueThatDoesNotConvertFallsThrough() {
		RouteTable routes = Routes.table("/{id:int}", "/{big:[0-9]+}", "/{name}");
		assertThat(matched(routes, "/99999999999")).isEqualTo("/{big:[0-9]+}");
		assertThat(matched(routes, "/x")).isEqualTo("/{name}");
	}

	@Test
	void matchHoldsTextsAndValues() {
		RouteMatch match = Routes.table("/{a:int}/{b}/{c:[0-9]{3}}/{*d}").match("/007/x%20y/123/p/q");
		assertThat(match.variables()).containsExactly(Map.entry("a", "007"), Map.entry("b", "x y"),
				Map.entry("c", "123"), Map.entry("d", "/p/q"));
		assertThat(match.values()).containsExactly(Map.entry("a", 7), Map.entry("b", "x y"), Map.entry("c", "123"),
				Map.entry("d", "/p/q"));
	}

	@Test
	void partsOfASegmentAreConverted() {
		RouteMatch match = Routes.table("/v{a:int}-{b:uuid}.{c}")
			.match("/v1-123e4567-e89b-12d3-a456-426614174000.json");
		assertThat(match.values()).containsEntry("a", 1).containsEntry("c", "json");
	}

	@Test
	void plainVariableInASegmentIsNotEmpty() {
		assertThat(Routes.table("/v{a}").match("/v")).isNull();
	}

	@Test
	void dotBeforeAVariableIsNoRelativeSegment() {
		assertThat(Routes.table("/.{a}").match("/.well").values()).containsEntry("a", "well");
	}

	@Test
	void restMayBeEmpty() {
		assertThat(Routes.table("/x/{*rest}").match("/x").values()).containsEntry("rest", "");
	}

	@Test
	void singleWildcardIsOneSegment() {
		RouteTable routes = Routes.table("/*");
		assertThat(matched(routes, "/a")).isEqualTo("/*");
		assertThat(routes.match("/a/b")).isNull();
		assertThat(routes.match("/")).isNull();
	}

	@Test
	void patternThatSpringTakesForEverythingIsNotRegistered() {
		assertThat(Routes.table("/*").routes().get(0).pattern().getPatternString()).isNotEqualTo("/*");
	}

	@Test
	void registeredPatternsKeepOutWhatDoesNotConvert() {
		Route route = Routes.table("/chat/{id:int}").routes().get(0);
		assertThat(route.pattern().matches(PathContainer.parsePath("/chat/5"))).isTrue();
		assertThat(route.pattern().matches(PathContainer.parsePath("/chat/x"))).isFalse();
	}

	@Test
	void routesKeepTheirOrderAndTemplate() {
		assertThat(Routes.table("/{b}", "/a/{id:int}").routes()).extracting(Route::path)
			.containsExactly("/{b}", "/a/{id:int}");
	}

	@Test
	void routesKnowTheirSource() {
		assertThat(Routes.table("/a").routes().get(0)).hasToString("/a (route bean 'test')");
	}

	@Test
	void routeRecognisesItsPatternUnderOtherNames() {
		Route route = Routes.table("/a/{x:int}/{p:path}").routes().get(0);
		assertThat(route.hasPattern("/a/{y:-?[0-9]+}/**")).isTrue();
		assertThat(route.hasPattern("/a/{y}/**")).isFalse();
	}

	@Test
	void middlewareRunsFromGlobalToRouteToHandler() throws Exception {
		List<String> calls = new ArrayList<>();
		WebSocketRoute route = new WebSocketRoute("/", (ws) -> calls.add("handler"),
				List.of(recording(calls, "route1"), recording(calls, "route2")));
		RouteTable routes = new RouteTable(List.of(new RouteDefinition(route, "test")),
				List.of(recording(calls, "global1"), recording(calls, "global2")));
		routes.routes().get(0).handler().handle(mock(WebSocket.class));
		assertThat(calls).containsExactly("global1", "global2", "route1", "route2", "handler", "/route2", "/route1",
				"/global2", "/global1");
	}

	@Test
	void middlewareMayReplaceTheConnection() throws Exception {
		WebSocket outer = mock(WebSocket.class);
		WebSocket inner = mock(WebSocket.class);
		List<WebSocket> seen = new ArrayList<>();
		WebSocketRoute route = new WebSocketRoute("/", seen::add, List.of((ws, next) -> next.handle(inner)));
		new RouteTable(List.of(new RouteDefinition(route, "test")), List.of()).routes().get(0).handler().handle(outer);
		assertThat(seen).containsExactly(inner);
	}

	@Test
	void middlewareMayEndTheChain() throws Exception {
		List<WebSocket> seen = new ArrayList<>();
		WebSocketRoute route = new WebSocketRoute("/", seen::add, List.of((ws, next) -> {
		}));
		new RouteTable(List.of(new RouteDefinition(route, "test")), List.of()).routes()
			.get(0)
			.handler()
			.handle(mock(WebSocket.class));
		assertThat(seen).isEmpty();
	}

	@Test
	void handlerIsComposedOnce() {
		Route route = Routes.table("/a").routes().get(0);
		assertThat(route.handler()).isSameAs(route.handler());
	}

	private static WSMiddleware recording(List<String> calls, String name) {
		return (ws, next) -> {
			calls.add(name);
			next.handle(ws);
			calls.add("/" + name);
		};
	}

	private static String matched(RouteTable routes, String path) {
		RouteMatch match = routes.match(path);
		return (match != null) ? match.route().path() : null;
	}

}
