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

import java.security.Principal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.WSRouter;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SecuredApplication;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.TicketLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections whose user logs out of a session that the container does not keep.
 *
 * @author Nexios Team
 */
class SpringSessionSocketTests {

	private static final Map<SessionStore, TestServer> servers = new EnumMap<>(SessionStore.class);

	private static final Map<SessionStore, TestServer> checkingServers = new EnumMap<>(SessionStore.class);

	@AfterAll
	static void stop() {
		servers.values().forEach(TestServer::close);
		servers.clear();
		checkingServers.values().forEach(TestServer::close);
		checkingServers.clear();
	}

	@ParameterizedTest
	@EnumSource
	void logoutClosesTheConnectionsOfTheSessionAtOnce(SessionStore store) {
		TestServer server = server(store);
		HttpUser ann = logIn(server);
		HttpUser elsewhere = logIn(server);
		try (RawWs leaving = open(server, ann); RawWs staying = open(server, elsewhere)) {
			ann.post("/logout", "");
			assertThat(leaving.expectClose(1008)).isEqualTo("Session ended");
			expectEcho(staying);
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionThatIsInvalidatedClosesItsConnectionsAtOnce(SessionStore store) {
		TestServer server = server(store);
		HttpUser ann = logIn(server);
		try (RawWs client = open(server, ann)) {
			assertThat(ann.post("/invalidate", "").statusCode()).isEqualTo(200);
			client.expectClose(1008);
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionThatChangesItsIdIsFollowed(SessionStore store) {
		TestServer server = checkingServer(store);
		HttpUser ann = logIn(server);
		try (RawWs client = open(server, ann)) {
			for (int i = 0; i < 5; i++) {
				String former = ann.cookie();
				assertThat(ann.post("/change", "").statusCode()).isEqualTo(200);
				assertThat(ann.cookie()).isNotEqualTo(former);
				expectEcho(client);
			}
			ann.post("/logout", "");
			client.expectClose(1008);
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionThatEndsInTheStoreClosesItsConnections(SessionStore store) {
		TestServer server = checkingServer(store);
		HttpUser ann = logIn(server);
		HttpUser elsewhere = logIn(server);
		try (RawWs leaving = open(server, ann); RawWs staying = open(server, elsewhere)) {
			deleteForGood(server, sessionId(ann));
			leaving.expectClose(1008);
			expectEcho(staying);
		}
	}

	@Test
	void storeThatTellsIsNotAsked() {
		TestServer server = server(SessionStore.TELLING);
		HttpUser ann = logIn(server);
		try (RawWs client = open(server, ann)) {
			server.bean(SessionRepository.class).deleteById(sessionId(ann));
			client.expectClose(1008);
		}
		assertThat(server.bean(SpringSessionLookup.class).isOnlyWay()).isFalse();
		assertThat(server(SessionStore.JDBC).bean(SpringSessionLookup.class).isOnlyWay()).isTrue();
		assertThat(server(SessionStore.MAP).bean(SpringSessionLookup.class).isOnlyWay()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void lookingAtASessionIsNoAccess(SessionStore store) {
		TestServer server = server(store);
		HttpUser ann = logIn(server);
		String id = sessionId(ann);
		Instant accessed = lastAccessed(server, id);
		assertThat(server.bean(SpringSessionLookup.class).hasEnded(id)).isFalse();
		assertThat(lastAccessed(server, id)).isEqualTo(accessed);
	}

	@ParameterizedTest
	@EnumSource
	void ticketEndsWithItsSession(SessionStore store) {
		TestServer server = server(store);
		HttpUser ann = logIn(server);
		String ticket = ann.post("/ticket", "").body();
		String late = ann.post("/ticket", "").body();
		try (RawWs client = server.connect("/open/echo?ticket=" + ticket)) {
			expectEcho(client);
			ann.post("/logout", "");
			client.expectClose(1008);
		}
		try (RawWs client = server.handshake("/open/echo?ticket=" + late).send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	private static TestServer server(SessionStore store) {
		return servers.computeIfAbsent(store, SpringSessionSocketTests::start);
	}

	private static TestServer checkingServer(SessionStore store) {
		return checkingServers.computeIfAbsent(store,
				(same) -> start(same, "nexios.ws.security.session-check-interval=1s"));
	}

	private static TestServer start(SessionStore store, String... properties) {
		return TestServer.start(
				List.of(Application.class, Sessions.class, SecuredApplication.class, store.configuration()),
				StringUtils.addStringToArray(properties, TestServer.WITH_SPRING_SECURITY));
	}

	private static HttpUser logIn(TestServer server) {
		return new HttpUser(server.port()).logIn("ann");
	}

	private static String sessionId(HttpUser user) {
		return user.post("/id", "").body();
	}

	/**
	 * Delete a session, even if a request that is just ending puts it back into the map.
	 */
	private static void deleteForGood(TestServer server, String id) {
		ConnectionRegistry open = server.bean(ConnectionRegistry.class);
		Awaitility.await().atMost(RawWs.TIMEOUT).until(() -> {
			server.bean(SessionRepository.class).deleteById(id);
			// The other is closing: it counts until its client has answered
			return open.infos("", 2).stream().filter((info) -> info.state().equals("OPEN")).count() == 1;
		});
	}

	private static Instant lastAccessed(TestServer server, String id) {
		Session session = server.bean(SessionRepository.class).findById(id);
		return session.getLastAccessedTime();
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

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WSRouter router(HandshakeTickets tickets) {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			}).addWsRoute("/open/echo", (ws) -> {
				TicketLogin login = tickets.redeem(ws.queryParam("ticket")).orElse(null);
				if (login == null) {
					ws.reject(HttpStatus.UNAUTHORIZED);
					return;
				}
				ws.accept((acceptance) -> acceptance.principal(login));
				ws.texts().forEach(ws::sendText);
			});
		}

	}

	@RestController
	static class Sessions {

		private final HandshakeTickets tickets;

		Sessions(HandshakeTickets tickets) {
			this.tickets = tickets;
		}

		@PostMapping("/invalidate")
		void invalidate(HttpSession session) {
			session.invalidate();
		}

		@PostMapping("/change")
		void change(HttpServletRequest request) {
			request.changeSessionId();
		}

		@PostMapping("/id")
		String id(HttpSession session) {
			return session.getId();
		}

		@PostMapping("/ticket")
		String ticket(Principal user) {
			return this.tickets.issue(user);
		}

	}

}
