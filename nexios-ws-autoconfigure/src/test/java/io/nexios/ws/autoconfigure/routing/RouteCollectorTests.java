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

package io.nexios.ws.autoconfigure.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.server.routing.Route;
import io.nexios.ws.server.routing.RouteTable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RouteCollector} with routers, routes and middleware.
 *
 * @author Nexios Team
 */
class RouteCollectorTests {

	private static final WSHandler HANDLER = (ws) -> {
	};

	@Test
	void routersAndRoutesAreFound() {
		assertThat(collect("", Map.of(), RouterConfiguration.class, RouteConfiguration.class).routes())
			.extracting(Route::path, Route::source)
			.containsExactly(tuple("/ws/chat", "router bean 'chat'"), tuple("/echo", "route bean 'echo'"));
	}

	@Test
	void nothingIsFoundInAnEmptyApplication() {
		assertThat(collect("", Map.of()).routes()).isEmpty();
	}

	@Test
	void basePathPrefixesEverything() {
		assertThat(paths("/api/{tenant}", Map.of(), RouterConfiguration.class, RouteConfiguration.class))
			.containsExactly("/api/{tenant}/ws/chat", "/api/{tenant}/echo");
	}

	@Test
	void basePathOfASlashIsNone() {
		assertThat(paths("/", Map.of(), RouterConfiguration.class)).containsExactly("/ws/chat");
	}

	@Test
	void basePathWithoutSlashIsTaken() {
		assertThat(paths("api", Map.of(), RouterConfiguration.class)).containsExactly("/api/ws/chat");
	}

	@Test
	void basePathThatIsNoPathIsRefused() {
		assertThatFailure("/a?b", Map.of(), RouterConfiguration.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("nexios.ws.base-path", "query"));
	}

	@Test
	void mountsReplaceTheRoutersPrefix() {
		assertThat(paths("/api", Map.of("chat", "/live"), RouterConfiguration.class)).containsExactly("/api/live/chat");
	}

	@Test
	void emptyPrefixMountsAtTheRoot() {
		assertThat(paths("", Map.of("chat", ""), RouterConfiguration.class)).containsExactly("/chat");
	}

	@Test
	void propertyOfAMountThatIsNoPathIsNamed() {
		assertThatFailure("", Map.of("chat", "/a#b"), RouterConfiguration.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("router bean 'chat'", "nexios.ws.mounts.chat"));
	}

	@Test
	void mountOfAnUnknownBeanIsRefused() {
		assertThatFailure("", Map.of("chta", "/x"), RouterConfiguration.class).satisfies((ex) -> {
			assertThat(ex.getMessage()).contains("'nexios.ws.mounts.chta'", "does not exist");
			assertThat(ex.analysis().getAction()).contains("'chat'");
		});
	}

	@Test
	void mountOfABeanThatIsNoRouterIsRefused() {
		assertThatFailure("", Map.of("echo", "/x"), RouterConfiguration.class, RouteConfiguration.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'nexios.ws.mounts.echo'", "not a WSRouter"));
	}

	@Test
	void mountOfANestedRouterIsRefused() {
		assertThatFailure("", Map.of("inner", "/x"), NestedConfiguration.class).satisfies((ex) -> {
			assertThat(ex.getMessage()).contains("'nexios.ws.mounts.inner'", "another router mounts");
			assertThat(ex.analysis().getAction()).isEqualTo("Name one of these router beans: 'outer'.");
		});
	}

	@Test
	void mountWithoutAnyRouterIsRefused() {
		assertThatFailure("", Map.of("chat", "/x"), RouteConfiguration.class)
			.satisfies((ex) -> assertThat(ex.analysis().getAction()).startsWith("Remove it"));
	}

	@Test
	void nestedRouterIsServedOnlyInsideTheOther() {
		assertThat(paths("", Map.of(), NestedConfiguration.class)).containsExactly("/outer/inner/a",
				"/outer/inner/deep/b");
	}

	@Test
	void bothBeansOfADuplicateAreNamed() {
		assertThatFailure("", Map.of("chat", "", "other", "/"), RouterConfiguration.class, OtherConfiguration.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("router bean 'chat'", "router bean 'other'"));
	}

	@Test
	void servedRoutersCannotBeChangedLater() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				NestedConfiguration.class)) {
			new RouteCollector(context.getBeanFactory(), "", Map.of()).collect();
			for (String name : List.of("outer", "inner", "deep")) {
				assertThatIllegalStateException()
					.isThrownBy(() -> context.getBean(name, WSRouter.class).addWsRoute("/late", HANDLER))
					.withMessageContaining("already serving");
			}
		}
	}

	@Test
	void globalMiddlewareIsOutermostAndOrdered() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				MiddlewareConfiguration.class)) {
			RouteTable routes = new RouteCollector(context.getBeanFactory(), "", Map.of()).collect();
			routes.routes().get(0).handler().handle(mock(WebSocket.class));
			assertThat(context.getBean(MiddlewareConfiguration.class).calls).containsExactly("first", "second",
					"unordered", "router", "route", "handler");
		}
	}

	@Test
	void routerBeanThatIsNullDeclaresNothing() {
		assertThat(paths("", Map.of(), NullConfiguration.class)).isEmpty();
	}

	@Test
	void failingBeanMethodNamesTheBean() {
		for (Class<?> type : List.of(NullHandlerConfiguration.class, NullPathConfiguration.class,
				CycleConfiguration.class)) {
			assertThatExceptionOfType(BeanCreationException.class)
				.isThrownBy(() -> new AnnotationConfigApplicationContext(type).close())
				.withMessageContaining("'broken'");
		}
	}

	@Test
	void analysisSurvivesANestingException() {
		assertThatFailure("", Map.of(), InvalidConfiguration.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("/{id:foo}", "router bean 'invalid'"))
			.satisfies((ex) -> assertThat(ex.analysis().getAction()).contains("uuid"));
	}

	private static ThrowableAssertAlternative<FailureAnalyzedException> assertThatFailure(String basePath,
			Map<String, String> mounts, Class<?>... configuration) {
		return assertThatExceptionOfType(FailureAnalyzedException.class)
			.isThrownBy(() -> collect(basePath, mounts, configuration));
	}

	private static List<String> paths(String basePath, Map<String, String> mounts, Class<?>... configuration) {
		return collect(basePath, mounts, configuration).routes().stream().map(Route::path).toList();
	}

	private static RouteTable collect(String basePath, Map<String, String> mounts, Class<?>... configuration) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			if (configuration.length > 0) {
				context.register(configuration);
			}
			context.refresh();
			return new RouteCollector(context.getBeanFactory(), basePath, mounts).collect();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class RouterConfiguration {

		@Bean
		WSRouter chat() {
			return new WSRouter("/ws").addWsRoute("/chat", HANDLER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherConfiguration {

		@Bean
		WSRouter other() {
			return new WSRouter("/other").addWsRoute("/chat", HANDLER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RouteConfiguration {

		@Bean
		WebSocketRoute echo() {
			return new WebSocketRoute("/echo", HANDLER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NestedConfiguration {

		@Bean
		WSRouter deep() {
			return new WSRouter("/deep").addWsRoute("/b", HANDLER);
		}

		@Bean
		WSRouter inner(WSRouter deep) {
			return new WSRouter("/inner").addWsRoute("/a", HANDLER).mountRouter(new WSRouter().mountRouter(deep));
		}

		@Bean
		WSRouter outer(WSRouter inner) {
			return new WSRouter("/outer").mountRouter(inner);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MiddlewareConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		WSRouter chat() {
			return new WSRouter().addWsMiddleware(recording("router"))
				.addWsRoute("/", (ws) -> this.calls.add("handler"), recording("route"));
		}

		@Bean
		WSMiddleware unordered() {
			return recording("unordered");
		}

		@Bean
		@Order(2)
		WSMiddleware second() {
			return recording("second");
		}

		@Bean
		@Order(1)
		WSMiddleware first() {
			return recording("first");
		}

		private WSMiddleware recording(String name) {
			return (ws, next) -> {
				this.calls.add(name);
				next.handle(ws);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NullConfiguration {

		@Bean
		WSRouter none() {
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NullHandlerConfiguration {

		@Bean
		WSRouter broken() {
			return new WSRouter().addWsRoute("/a", null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NullPathConfiguration {

		@Bean
		WebSocketRoute broken() {
			return new WebSocketRoute(null, HANDLER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CycleConfiguration {

		@Bean
		WSRouter broken() {
			WSRouter router = new WSRouter("/a");
			return router.mountRouter(new WSRouter("/b").mountRouter(router));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InvalidConfiguration {

		@Bean
		WSRouter invalid() {
			return new WSRouter().addWsRoute("/{id:foo}", HANDLER);
		}

	}

}
