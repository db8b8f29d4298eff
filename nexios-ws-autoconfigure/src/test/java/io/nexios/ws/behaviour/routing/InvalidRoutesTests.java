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

import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that do not start because of their routes.
 *
 * @author Nexios Team
 */
class InvalidRoutesTests {

	@Test
	void samePatternInTwoRoutersFailsTheStart() {
		expectFailure(SamePattern.class, "firstRouter", "secondRouter", "/chat");
	}

	@Test
	void samePatternInRouterAndMethodFailsTheStart() {
		expectFailure(SamePatternAsMethod.class, "firstRouter", "methodRoute", "/chat");
	}

	@Test
	void patternOfHandlerOfTheApplicationFailsTheStart() {
		expectFailure(ForeignHandler.class, "firstRouter", "/chat");
	}

	@Test
	void unknownConverterFailsTheStart() {
		expectFailure(UnknownConverter.class, "numbers", "integer");
	}

	@Test
	void repeatedVariableFailsTheStart() {
		expectFailure(RepeatedVariable.class, "tenants", "id");
	}

	@Test
	void unknownBeanUnderMountsFailsTheStart() {
		expectFailure(FirstRouter.class, List.of("nexios.ws.mounts.secondRouter=/x"), "secondRouter");
	}

	private void expectFailure(Class<?> configuration, String... parts) {
		expectFailure(configuration, List.of(), parts);
	}

	private void expectFailure(Class<?> configuration, List<String> properties, String... parts) {
		FailureAnalysis failure = TestServer.failToStart(configuration, properties.toArray(String[]::new));
		assertThat(failure.getDescription()).contains(parts);
		assertThat(failure.getAction()).isNotBlank();
	}

	@Configuration(proxyBeanMethods = false)
	static class FirstRouter {

		@Bean
		WSRouter firstRouter() {
			return new WSRouter().addWsRoute("/chat", WebSocket::accept);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SamePattern extends FirstRouter {

		@Bean
		WSRouter secondRouter() {
			return new WSRouter("/chat").addWsRoute("", WebSocket::accept);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SamePatternAsMethod extends FirstRouter {

		@Bean
		MethodRoute methodRoute() {
			return new MethodRoute();
		}

	}

	static class MethodRoute {

		@WSRoute("/chat")
		void chat(WebSocket ws) {
			ws.accept();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class ForeignHandler extends FirstRouter {

		@Bean
		WebSocketConfigurer foreign() {
			return (registry) -> registry.addHandler(new TextWebSocketHandler(), "/chat");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnknownConverter {

		@Bean
		WSRouter numbers() {
			return new WSRouter().addWsRoute("/{id:integer}", WebSocket::accept);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RepeatedVariable {

		@Bean
		WSRouter tenants() {
			return new WSRouter("/{id}").addWsRoute("/{id}", WebSocket::accept);
		}

	}

}
