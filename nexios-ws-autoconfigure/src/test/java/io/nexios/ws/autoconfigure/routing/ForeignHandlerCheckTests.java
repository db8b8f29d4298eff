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

import java.util.Arrays;
import java.util.List;

import io.nexios.ws.WSRouter;
import io.nexios.ws.server.routing.RouteDefinition;
import io.nexios.ws.server.routing.RouteTable;
import io.nexios.ws.server.routing.RouterTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ForeignHandlerCheck}.
 *
 * @author Nexios Team
 */
class ForeignHandlerCheckTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withUserConfiguration(OurConfiguration.class);

	@Test
	void ownHandlerIsAccepted() {
		this.runner.withPropertyValues("ours=/chat/{id},/,/*").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void otherPatternOfAForeignHandlerIsAccepted() {
		this.runner.withPropertyValues("ours=/chat/{id}", "foreign=/chat")
			.withUserConfiguration(ForeignConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "/chat,/chat", "/chat/{id},/chat/{name}", "/chat/{id:int},/chat/{name:-?[0-9]+}", "/,/", "/{x},/*",
			"/chat/{p:path},/chat/**" })
	void patternOfAForeignHandlerIsRefused(String ours, String foreign) {
		this.runner.withPropertyValues("ours=" + ours, "foreign=" + foreign)
			.withUserConfiguration(ForeignConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(FailureAnalyzedException.class,
						(ex) -> assertThat(ex.getMessage()).contains("'" + ours + "'", "router bean 'chat'",
								"'" + foreign + "'", ForeignHandler.class.getName())));
	}

	@Test
	void patternOfAStompEndpointIsRefused() {
		this.runner.withPropertyValues("ours=/stomp")
			.withUserConfiguration(StompConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining(SubProtocolWebSocketHandler.class.getName()));
	}

	@Test
	void patternOfASockJsEndpointIsRefused() {
		this.runner.withPropertyValues("ours=/sock/{*rest}")
			.withUserConfiguration(StompConfiguration.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(FailureAnalyzedException.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class OurConfiguration {

		private final OurHandler handler = new OurHandler();

		@Bean
		RouteTable routes(Environment environment) {
			WSRouter router = new WSRouter();
			Arrays.stream(environment.getRequiredProperty("ours", String[].class))
				.forEach((path) -> router.addWsRoute(path, (ws) -> {
				}));
			return new RouteTable(new RouterTree(router).resolve()
				.stream()
				.map((route) -> new RouteDefinition(route, "router bean 'chat'"))
				.toList(), List.of());
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		WebSocketConfigurer ours(RouteTable routes) {
			return (registry) -> routes.routes()
				.forEach((route) -> registry.addHandler(this.handler, route.pattern().getPatternString()));
		}

		@Bean
		ForeignHandlerCheck check(ObjectProvider<HandlerMapping> mappings, RouteTable routes) {
			return new ForeignHandlerCheck(mappings, routes, OurHandler.class::isInstance);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForeignConfiguration {

		@Bean
		WebSocketConfigurer foreign(Environment environment) {
			WebSocketHandler handler = new ForeignHandler();
			return (registry) -> registry.addHandler(handler, environment.getRequiredProperty("foreign"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class StompConfiguration implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp");
			registry.addEndpoint("/sock").withSockJS();
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

	}

	static class OurHandler extends AbstractWebSocketHandler {

	}

	static class ForeignHandler extends AbstractWebSocketHandler {

	}

}
