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

package io.nexios.ws.server.login;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.ticket.HandshakeTickets;
import jakarta.servlet.http.HttpSessionEvent;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionConnections}.
 *
 * @author Nexios Team
 */
class SessionConnectionsTests {

	private final LocalServer server = new LocalServer();

	private final HandshakeTickets tickets = new HandshakeTickets();

	private final SessionConnections sessions = new SessionConnections(this.server.threads(), List.of(this.tickets));

	private final MockHttpSession session = new MockHttpSession(null, "1");

	private final Principal ann = () -> "ann";

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void destroyedSessionEndsItsConnections() {
		LocalConnection first = open(this.session);
		LocalConnection second = open(this.session);
		LocalConnection other = open(new MockHttpSession(null, "2"));
		destroy(this.session);
		assertThat(closeCode(first)).isEqualTo(1008);
		assertThat(closeCode(second)).isEqualTo(1008);
		assertThat(other.ws().isConnected()).isTrue();
	}

	@Test
	void sessionIsFoundByItsNewId() {
		LocalConnection local = open(this.session);
		MockHttpSession renamed = new MockHttpSession(null, "2");
		this.sessions.sessionIdChanged(new HttpSessionEvent(renamed), "1");
		LocalConnection later = open(renamed);
		destroy(this.session);
		assertThat(local.ws().isConnected()).isTrue();
		destroy(renamed);
		assertThat(closeCode(local)).isEqualTo(1008);
		assertThat(closeCode(later)).isEqualTo(1008);
	}

	@Test
	void handshakeThatComesJustAfterTheEndOfItsSessionEndsToo() {
		destroy(this.session);
		LocalConnection late = open(this.session);
		assertThat(closeCode(late)).isEqualTo(1008);
	}

	@Test
	void connectionWithoutAUserIsNotOfTheSession() {
		LocalConnection local = this.server.connect();
		this.sessions.add(local.connection(), null, this.session);
		destroy(this.session);
		assertThat(local.ws().isConnected()).isTrue();
		assertThat(kept()).isZero();
	}

	@Test
	void nothingIsKeptOfConnectionsThatHaveEnded() {
		LocalConnection first = open(this.session);
		LocalConnection second = open(this.session);
		LocalConnection sessionless = open(null);
		assertThat(kept()).isEqualTo(2);
		this.sessions.sessionIdChanged(new HttpSessionEvent(new MockHttpSession(null, "2")), "1");
		first.leave(1000);
		assertThat(kept()).isEqualTo(2);
		second.leave(1001);
		sessionless.leave(1006);
		assertThat(kept()).isZero();
	}

	@Test
	void connectionThatHadEndedIsNotKept() {
		LocalConnection local = this.server.connect();
		local.leave(1000);
		this.sessions.add(local.connection(), this.ann, this.session);
		assertThat(kept()).isZero();
	}

	private LocalConnection open(@Nullable MockHttpSession session) {
		LocalConnection local = this.server.connect();
		this.sessions.add(local.connection(), this.ann, session);
		return local;
	}

	private void destroy(MockHttpSession session) {
		this.sessions.sessionDestroyed(new HttpSessionEvent(session));
	}

	private static int closeCode(LocalConnection local) {
		Awaitility.await().until(() -> local.closeFrame() != null);
		CloseStatus status = local.closeFrame();
		Assert.state(status != null, "Not closed");
		return status.getCode();
	}

	private int kept() {
		return size("bySession") + size("byUser");
	}

	private int size(String name) {
		Object index = ReflectionTestUtils.getField(this.sessions, name);
		Assert.state(index != null, name);
		Map<?, ?> entries = (Map<?, ?>) ReflectionTestUtils.getField(index, "entries");
		Assert.state(entries != null, "entries");
		return entries.size();
	}

}
