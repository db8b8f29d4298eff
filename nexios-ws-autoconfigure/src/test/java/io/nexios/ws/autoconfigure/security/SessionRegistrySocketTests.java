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
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections whose session is expired because their user has logged in elsewhere, or by
 * an administrator.
 *
 * @author Nexios Team
 */
class SessionRegistrySocketTests {

	@ParameterizedTest
	@ValueSource(classes = { Limited.class, LimitedWithRegistry.class })
	void loginElsewhereClosesTheConnections(Class<?> security) {
		try (TestServer server = start(security, "200ms")) {
			HttpUser first = logIn(server, "ann");
			HttpUser bob = logIn(server, "bob");
			try (RawWs leaving = open(server, first); RawWs other = open(server, bob)) {
				HttpUser second = logIn(server, "ann");
				assertThat(leaving.expectClose(1008)).isEqualTo("Session ended");
				try (RawWs staying = open(server, second)) {
					expectEcho(other);
					expectEcho(staying);
				}
			}
		}
	}

	@Test
	void sessionThatIsExpiredClosesItsConnections() {
		try (TestServer server = start(LimitedWithRegistry.class, "200ms")) {
			SessionRegistry registry = server.bean(SessionRegistry.class);
			try (RawWs client = open(server, logIn(server, "ann"))) {
				List<SessionInformation> sessions = registry.getAllSessions(registry.getAllPrincipals().get(0), false);
				assertThat(sessions).hasSize(1);
				expectEcho(client);
				sessions.get(0).expireNow();
				client.expectClose(1008);
			}
		}
	}

	@Test
	void sessionsAreUnlimitedByDefault() {
		try (TestServer server = start(Unlimited.class, "200ms")) {
			try (RawWs first = open(server, logIn(server, "ann")); RawWs second = open(server, logIn(server, "ann"))) {
				expectEcho(first);
				expectEcho(second);
			}
		}
	}

	@Test
	void sessionsAreNotLookedAtIfThatIsOff() {
		try (TestServer server = start(LimitedWithRegistry.class, "0")) {
			HttpUser first = logIn(server, "ann");
			try (RawWs client = open(server, first)) {
				logIn(server, "ann");
				expectEcho(client);
				first.post("/logout", "");
				client.expectClose(1008);
			}
		}
	}

	private static TestServer start(Class<?> security, String interval) {
		return TestServer.start(List.of(Echo.class, security), TestServer.WITH_SPRING_SECURITY,
				"nexios.ws.security.session-check-interval=" + interval);
	}

	private static HttpUser logIn(TestServer server, String user) {
		return new HttpUser(server.port()).logIn(user);
	}

	private static RawWs open(TestServer server, HttpUser user) {
		RawWs client = server.connect("/echo", user.cookie());
		expectEcho(client);
		return client;
	}

	private static void expectEcho(RawWs client) {
		client.sendText("still there");
		client.expectText("still there");
	}

	private static SecurityFilterChain chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.formLogin(Customizer.withDefaults())
			.csrf(AbstractHttpConfigurer::disable)
			.build();
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

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}" + name).roles("USER").build();
		}

		@Bean
		HttpSessionEventPublisher sessionEvents() {
			return new HttpSessionEventPublisher();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unlimited {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return chain(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Limited {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return chain(http.sessionManagement((sessions) -> sessions.maximumSessions(1)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LimitedWithRegistry extends Limited {

		@Bean
		SessionRegistryImpl sessionRegistry() {
			return new SessionRegistryImpl();
		}

	}

}
