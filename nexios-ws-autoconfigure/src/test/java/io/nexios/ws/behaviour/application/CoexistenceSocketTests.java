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

package io.nexios.ws.behaviour.application;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes together with other endpoints of a web application.
 *
 * @author Nexios Team
 */
class CoexistenceSocketTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(MixedConfiguration.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void routeIsServed() {
		try (RawWs client = server.connect("/ours")) {
			client.sendText("a");
			client.expectText("ours a");
		}
	}

	@Test
	void handlerOfTheApplicationIsServed() {
		try (RawWs client = server.connect("/theirs")) {
			client.sendText("a");
			client.expectText("theirs a");
		}
	}

	@Test
	void stompEndpointIsServed() {
		try (RawWs client = server.connect("/stomp", "Sec-WebSocket-Protocol: v12.stomp")) {
			client.sendText("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
			assertThat(client.readText()).startsWith("CONNECTED");
		}
	}

	@Test
	void controllerIsServed() {
		try (RawWs client = server.handshake("/controller").withoutUpgrade().send()) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.body()).isEqualTo("controller");
		}
	}

	@Test
	void messageLimitsOfTheApplicationsHandlerAreUntouched() {
		try (RawWs client = server.connect("/theirs")) {
			// Tomcat's limit is 8 KiB, Jetty's 64 KiB
			client.sendText("x".repeat(64 * 1024 + 1));
			client.expectClose(1009);
		}
	}

	@Test
	void routeIsServedBesideStompAlone() {
		try (TestServer other = TestServer.start(StompConfiguration.class)) {
			try (RawWs client = other.connect("/ours")) {
				client.sendText("a");
				client.expectText("ours a");
			}
			try (RawWs client = other.connect("/stomp")) {
				client.sendText("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
				assertThat(client.readText()).startsWith("CONNECTED");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class MixedConfiguration extends StompConfiguration {

		@Bean
		WebSocketConfigurer theirs() {
			return (registry) -> registry.addHandler(new TextWebSocketHandler() {

				@Override
				protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
					session.sendMessage(new TextMessage("theirs " + message.getPayload()));
				}

			}, "/theirs");
		}

		@Bean
		Controller controller() {
			return new Controller();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class StompConfiguration implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

		@Bean
		WSRouter ours() {
			return new WSRouter().addWsRoute("/ours", (ws) -> {
				ws.accept();
				ws.texts().forEach((text) -> ws.sendText("ours " + text));
			});
		}

	}

	@RestController
	static class Controller {

		@GetMapping("/controller")
		String get() {
			return "controller";
		}

	}

}
