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

import java.util.List;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Routers, their prefixes, and routers in routers.
 *
 * @author Nexios Team
 */
class RoutingSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Routers.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/plain            | plain
			/api/chat         | chat
			/api              | api itself
			/api/v1/users     | users
			/api/v1/deep/leaf | leaf
			/moved/other      | other
			/listed           | listed
			/list/one         | one
			/list/two         | two
			/several/a        | a
			/several/b        | b
			/tenant/acme/news | news of acme
			/noslash/here     | here
			""")
	void routeAnswersAtItsPath(String path, String expected) {
		try (RawWs client = server.connect(path)) {
			client.expectText(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/chat", "/chatroom", "/api/chatroom", "/api/chat/", "/api/chat/more", "/API/chat",
			"/v1/users", "/deep/leaf", "/v1/deep/leaf", "/original/other", "/moved/original/other", "/one", "/a",
			"/tenant/news", "/", "/noslash" })
	void nothingElseIsARoute(String path) {
		try (RawWs client = server.handshake(path).send()) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	@Test
	void routerCannotBeChangedOnceItServes() {
		WSRouter router = server.bean(Routers.class).api;
		assertThatIllegalStateException().isThrownBy(() -> router.addWsRoute("/late", WebSocket::accept));
		assertThatIllegalStateException().isThrownBy(() -> router.addWsMiddleware((ws, next) -> next.handle(ws)));
		assertThatIllegalStateException().isThrownBy(() -> router.mountRouter(new WSRouter("/late")));
	}

	@Test
	void basePathComesBeforeAllRoutes() {
		try (TestServer moved = TestServer.start(AllKindsOfRoutes.class, "nexios.ws.base-path=/ws")) {
			for (String path : List.of("/router/a", "/bean", "/method")) {
				try (RawWs client = moved.connect("/ws" + path)) {
					client.expectText(path);
				}
				expectNotFound(moved, path);
			}
		}
	}

	@Test
	void mountReplacesPrefixOfRouterBean() {
		try (TestServer moved = TestServer.start(AllKindsOfRoutes.class, "nexios.ws.mounts.myRouter=/ops")) {
			try (RawWs client = moved.connect("/ops/a")) {
				client.expectText("/router/a");
			}
			expectNotFound(moved, "/router/a");
			try (RawWs client = moved.connect("/bean")) {
				client.expectText("/bean");
			}
		}
	}

	@Test
	void mountIsBelowBasePath() {
		try (TestServer moved = TestServer.start(AllKindsOfRoutes.class, "nexios.ws.base-path=/ws",
				"nexios.ws.mounts.myRouter=/ops"); RawWs client = moved.connect("/ws/ops/a")) {
			client.expectText("/router/a");
		}
	}

	@Test
	void contextPathComesBeforeAllRoutesAndIsNoPartOfThePath() {
		try (TestServer moved = TestServer.start(PathEcho.class, "server.servlet.context-path=/app")) {
			try (RawWs client = moved.connect("/app/path/x?y=1")) {
				client.expectText("/path/x ws://localhost:" + moved.port() + "/app/path/x?y=1");
			}
			expectNotFound(moved, "/path/x");
		}
	}

	@Test
	void disabledApplicationServesNoRoute() {
		try (TestServer disabled = TestServer.start(AllKindsOfRoutes.class, "nexios.ws.enabled=false")) {
			expectNotFound(disabled, "/router/a");
			expectNotFound(disabled, "/bean");
			expectNotFound(disabled, "/method");
		}
	}

	private void expectNotFound(TestServer server, String path) {
		try (RawWs client = server.handshake(path).send()) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	private static WSHandler saying(String text) {
		return (ws) -> {
			ws.accept();
			ws.sendText(text);
		};
	}

	@Configuration(proxyBeanMethods = false)
	static class Routers {

		private final WSRouter api = new WSRouter("/api").addWsRoute("/chat", saying("chat"))
			.addWsRoute("", saying("api itself"))
			.mountRouter(new WSRouter("/v1").addWsRoute("/users", saying("users"))
				.mountRouter(new WSRouter("/deep").addWsRoute("leaf", saying("leaf"))));

		@Bean
		WSRouter api() {
			return this.api;
		}

		@Bean
		WSRouter plain(WSRouter original) {
			return new WSRouter().addWsRoute("/plain", saying("plain")).mountRouter(original, "/moved");
		}

		@Bean
		WSRouter original() {
			return new WSRouter("/original").addWsRoute("/other", saying("other"));
		}

		@Bean
		WSRouter listed() {
			return new WSRouter(List.of(new WebSocketRoute("/listed", saying("listed"))));
		}

		@Bean
		WSRouter listedBelowPrefix() {
			return new WSRouter("/list", List.of(new WebSocketRoute("/one", saying("one")),
					new WebSocketRoute("/two", saying("two"), List.of())));
		}

		@Bean
		WSRouter several() {
			return new WSRouter(new WebSocketRoute("/several/a", saying("a")),
					new WebSocketRoute("/several/b", saying("b")));
		}

		@Bean
		WSRouter tenants() {
			return new WSRouter("/tenant/{tenant}").addWsRoute("/news", (ws) -> {
				ws.accept();
				ws.sendText("news of " + ws.pathParam("tenant"));
			});
		}

		@Bean
		WSRouter withoutSlash() {
			return new WSRouter("noslash").addWsRoute("here", saying("here"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AllKindsOfRoutes {

		@Bean
		WSRouter myRouter() {
			return new WSRouter("/router").addWsRoute("/a", saying("/router/a"));
		}

		@Bean
		WebSocketRoute route() {
			return new WebSocketRoute("/bean", saying("/bean"));
		}

		@Bean
		MethodRoute methodRoute() {
			return new MethodRoute();
		}

	}

	static class MethodRoute {

		@WSRoute("/method")
		void method(WebSocket ws) throws Exception {
			saying("/method").handle(ws);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PathEcho {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/path/{name}", (ws) -> {
				ws.accept();
				ws.sendText(ws.path() + " " + ws.uri());
			});
		}

	}

}
