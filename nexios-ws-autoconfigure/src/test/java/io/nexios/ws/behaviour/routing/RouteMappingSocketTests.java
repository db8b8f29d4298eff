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

package io.nexios.ws.behaviour.routing;

import java.util.Map;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes on paths that other handlers also serve.
 *
 * @author Nexios Team
 */
class RouteMappingSocketTests {

	private static TestServer pages;

	private static TestServer handlers;

	@BeforeAll
	static void start() {
		pages = TestServer.start(Pages.class);
		handlers = TestServer.start(Handlers.class);
	}

	@AfterAll
	static void stop() {
		pages.close();
		handlers.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/controller", "/any", "/function", "/bean", "/fallback", "/early/1" })
	void handshakeGoesToTheRoute(String path) {
		try (RawWs client = pages.connect(path)) {
			client.expectText("route");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/controller", "/any", "/function", "/bean", "/fallback", "/early/1" })
	void otherRequestsGoWhereTheyWouldGoWithoutRoutes(String path) {
		expect(pages.handshake(path).withoutUpgrade(), 200, "page");
		expect(pages.handshake(path).withoutUpgrade().header("Origin", "https://other.example"), 200, "page");
		expect(pages.handshake(path).replace("Upgrade", "h2c"), 200, "page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/any", "/early/1" })
	void postsGoWhereTheyWouldGoWithoutRoutes(String path) {
		expect(pages.handshake(path).method("POST").header("Content-Length", "0"), 200, "page");
	}

	@Test
	void handshakeWithoutRouteGoesWhereItWouldGoWithoutRoutes() {
		expect(pages.handshake("/other"), 200, "page");
		expect(pages.handshake("/typed/99999999999"), 404, "the application's 404");
		try (RawWs client = pages.connect("/typed/7")) {
			client.expectText("route");
		}
	}

	@Test
	void requestThatNothingServesIsToldWhatItLacks() {
		expect(pages.handshake("/typed/7").withoutUpgrade(), 400, "Upgrade");
		expect(pages.handshake("/typed/7").method("POST").header("Content-Length", "0"), 405, "GET");
		expect(pages.handshake("/typed/x").withoutUpgrade(), 404, "the application's 404");
	}

	@Test
	void moreSpecificHandlerOfTheApplicationIsServed() {
		expectTheirs("/theirs");
		expectTheirs("/a/theirs");
	}

	@Test
	void lessSpecificHandlerOfTheApplicationIsNotServed() {
		expectOurs("/ours");
		expectOurs("/a/ours");
		expectTheirs("/a/b/c");
	}

	@Test
	void handlerInAnEarlierMappingIsServed() {
		expectTheirs("/early/1");
		expectTheirs("/url/1");
	}

	@Test
	void handlerInALaterMappingIsNotServed() {
		expectOurs("/late/1");
	}

	@Test
	void mappingsOfTheApplicationKeepTheirOrder() {
		assertThat(handlers.context().getBean("webSocketHandlerMapping", WebSocketHandlerMapping.class).getOrder())
			.isEqualTo(1);
	}

	private static void expectTheirs(String path) {
		try (RawWs client = handlers.connect(path)) {
			client.expectText("theirs");
		}
	}

	private static void expectOurs(String path) {
		try (RawWs client = handlers.connect(path)) {
			client.expectText("route");
		}
	}

	private static void expect(RawHandshake request, int status, String body) {
		try (RawWs client = request.send()) {
			assertThat(client.status()).isEqualTo(status);
			assertThat(client.body()).contains(body);
		}
	}

	private static WSRouter router(String... paths) {
		WSRouter router = new WSRouter();
		for (String path : paths) {
			router.addWsRoute(path, (ws) -> {
				ws.accept();
				ws.sendText("route");
			});
		}
		return router;
	}

	@Configuration(proxyBeanMethods = false)
	static class Pages {

		@Bean
		WSRouter routes() {
			return router("/", "/controller", "/any", "/function", "/bean", "/fallback", "/early/{x}",
					"/typed/{id:int}");
		}

		@Bean
		PageController pageController() {
			return new PageController();
		}

		@Bean
		NotFound notFound() {
			return new NotFound();
		}

		@Bean
		RouterFunction<ServerResponse> function() {
			return RouterFunctions.route().GET("/function", (request) -> ServerResponse.ok().body("page")).build();
		}

		@Bean("/bean")
		HttpRequestHandler bean() {
			return (request, response) -> response.getWriter().write("page");
		}

		@Bean
		SimpleUrlHandlerMapping early(HttpRequestHandler bean) {
			SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping();
			mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
			mapping.registerHandler("/early/**", bean);
			return mapping;
		}

	}

	@RestController
	static class PageController {

		@GetMapping("/controller")
		String controller() {
			return "page";
		}

		@RequestMapping("/any")
		String any() {
			return "page";
		}

		@GetMapping("/{path:[^.]*}")
		String fallback() {
			return "page";
		}

	}

	@RestControllerAdvice
	static class NotFound {

		@ExceptionHandler
		ResponseEntity<String> notFound(NoResourceFoundException ex) {
			return ResponseEntity.status(HttpStatus.NOT_FOUND)
				.header(HttpHeaders.CONTENT_TYPE, "text/plain")
				.body("the application's 404");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		private final WebSocketHandler theirs = new TextWebSocketHandler() {

			@Override
			public void afterConnectionEstablished(WebSocketSession session) throws Exception {
				session.sendMessage(new TextMessage("theirs"));
			}

		};

		@Bean
		WSRouter routes() {
			return router("/{x}", "/a/{x}", "/early/{x}", "/url/{x}", "/late/{x}");
		}

		@Bean
		WebSocketConfigurer configurer() {
			return (registry) -> registry.addHandler(this.theirs, "/theirs", "/a/theirs", "/a/**", "/**");
		}

		@Bean
		WebSocketHandlerMapping early() {
			return mapping(new WebSocketHandlerMapping(), 0, "/early/**");
		}

		@Bean
		SimpleUrlHandlerMapping url() {
			return mapping(new SimpleUrlHandlerMapping(), Ordered.HIGHEST_PRECEDENCE, "/url/**");
		}

		@Bean
		WebSocketHandlerMapping late() {
			return mapping(new WebSocketHandlerMapping(), 5, "/late/**");
		}

		private <T extends SimpleUrlHandlerMapping> T mapping(T mapping, int order, String pattern) {
			mapping.setOrder(order);
			mapping.setUrlMap(Map.of(pattern, new WebSocketHttpRequestHandler(this.theirs)));
			return mapping;
		}

	}

}
