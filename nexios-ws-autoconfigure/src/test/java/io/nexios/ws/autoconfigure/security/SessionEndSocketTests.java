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

package io.nexios.ws.autoconfigure.security;

import java.util.List;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SecuredApplication;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections whose user logs out.
 *
 * @author Nexios Team
 */
class SessionEndSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(SecuredApplication.class, SessionController.class)
		.with(TestServer.WITH_SPRING_SECURITY);

	private final HttpUser ann = new HttpUser(server.port()).logIn("ann");

	@Test
	void logoutClosesTheConnectionsOfTheSession() {
		echo();
		try (RawWs first = open(this.ann); RawWs second = open(this.ann)) {
			this.ann.post("/logout", "");
			assertThat(first.expectClose(1008)).isEqualTo("Session ended");
			assertThat(second.expectClose(1008)).isEqualTo("Session ended");
		}
	}

	@Test
	void sessionThatIsInvalidatedClosesItsConnections() {
		echo();
		try (RawWs client = open(this.ann)) {
			assertThat(this.ann.post("/invalidate", "").statusCode()).isEqualTo(200);
			client.expectClose(1008);
		}
	}

	@Test
	void otherSessionOfTheSameUserStays() {
		echo();
		HttpUser elsewhere = new HttpUser(server.port()).logIn("ann");
		try (RawWs leaving = open(this.ann); RawWs staying = open(elsewhere)) {
			this.ann.post("/logout", "");
			leaving.expectClose(1008);
			staying.sendText("still there");
			staying.expectText("still there");
		}
	}

	@Test
	void sessionThatChangesItsIdClosesItsConnections() {
		echo();
		try (RawWs client = open(this.ann)) {
			assertThat(this.ann.post("/change", "").statusCode()).isEqualTo(200);
			client.sendText("still there");
			client.expectText("still there");
			this.ann.post("/logout", "");
			client.expectClose(1008);
		}
	}

	@Test
	void handshakeThatIsUndecidedIs401() {
		Outcome<?> outcome = server.serve((ws) -> {
			this.ann.post("/logout", "");
			ws.closed().toCompletableFuture().join();
		});
		try (RawWs client = server.handshake().headers(this.ann.cookie()).send()) {
			assertThat(client.status()).isEqualTo(401);
			assertThat(outcome.calls()).isEqualTo(1);
		}
	}

	@Test
	void handshakeCreatesNoSession() {
		echo();
		try (RawWs client = server.connect(SocketServer.ROUTE, HttpUser.basic("bob"))) {
			assertThat(client.headers().containsHeader("Set-Cookie")).isFalse();
		}
	}

	@Test
	void userWithoutASessionIsClosedWhenTheSameCredentialsLogOut() {
		echo();
		try (RawWs leaving = server.connect(SocketServer.ROUTE, HttpUser.basic("bob"));
				RawWs staying = server.connect(SocketServer.ROUTE, HttpUser.basic("ann"));
				RawWs inSession = open(this.ann)) {
			new HttpUser(server.port()).post("/forget", "", HttpUser.basic("bob").split(": "));
			leaving.expectClose(1008);
			staying.sendText("still there");
			staying.expectText("still there");
			inSession.sendText("still there");
			inSession.expectText("still there");
		}
	}

	@Test
	void logoutThatKeepsTheSessionClosesItsConnections() {
		try (TestServer other = start(Echo.class, SessionsThatStay.class)) {
			HttpUser user = new HttpUser(other.port()).logIn("ann");
			try (RawWs client = other.connect("/echo", user.cookie())) {
				user.post("/logout", "");
				client.expectClose(1008);
			}
		}
	}

	@Test
	void connectionsOutliveTheirSessionIfAskedTo() {
		try (TestServer other = start(Echo.class, SecuredApplication.class,
				"nexios.ws.security.close-on-session-end=false")) {
			HttpUser user = new HttpUser(other.port()).logIn("ann");
			try (RawWs client = other.connect("/echo", user.cookie())) {
				user.post("/logout", "");
				client.sendText("still there");
				client.expectText("still there");
			}
		}
	}

	private static TestServer start(Class<?> routes, Class<?> security, String... properties) {
		return TestServer.start(List.of(routes, security),
				StringUtils.addStringToArray(properties, TestServer.WITH_SPRING_SECURITY));
	}

	private void echo() {
		server.serve((ws) -> {
			ws.accept();
			ws.texts().forEach(ws::sendText);
		});
	}

	private static RawWs open(HttpUser user) {
		RawWs client = server.connect(SocketServer.ROUTE, user.cookie());
		client.sendText("open");
		client.expectText("open");
		return client;
	}

	@RestController
	static class SessionController {

		private final ApplicationEventPublisher events;

		SessionController(ApplicationEventPublisher events) {
			this.events = events;
		}

		@PostMapping("/invalidate")
		void invalidate(HttpSession session) {
			session.invalidate();
		}

		@PostMapping("/change")
		void change(HttpServletRequest request) {
			request.changeSessionId();
		}

		@PostMapping("/forget")
		void forget(Authentication authentication) {
			this.events.publishEvent(new LogoutSuccessEvent(authentication));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SessionsThatStay {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.logout((logout) -> logout.invalidateHttpSession(false))
				.csrf(AbstractHttpConfigurer::disable)
				.build();
		}

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}" + name).roles("USER").build();
		}

	}

}
