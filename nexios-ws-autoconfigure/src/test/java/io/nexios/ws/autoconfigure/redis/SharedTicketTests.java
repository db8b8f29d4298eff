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

package io.nexios.ws.autoconfigure.redis;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.spi.PrincipalExpiry;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.ticket.HandshakeTickets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tickets that one application issues and another redeems.
 *
 * @author Nexios Team
 */
@RequiresRedis
class SharedTicketTests {

	private static final int HERE = 0;

	private static final int THERE = 1;

	private static final int OTHER = 2;

	private static final String ANN = "ann ROLE_ADMIN,ROLE_USER";

	private static final String BOB = "bob ROLE_USER";

	private static TicketNodes nodes;

	@BeforeAll
	static void start() {
		nodes = TicketNodes.start(2, Expiry.class);
		nodes.add("other");
	}

	@AfterAll
	static void stop() {
		nodes.close();
	}

	@AfterEach
	void awaitUp() {
		nodes.awaitUp();
	}

	@Test
	void userOfTheTicketHasTheAuthoritiesOnTheOtherNode() {
		nodes.connect(THERE, nodes.ticket(HERE, "bob"), BOB).close();
		nodes.connect(HERE, inSession(nodes.user(THERE).logIn("ann")), ANN).close();
	}

	@Test
	void ticketIsGoodOnce() {
		String ticket = nodes.ticket(HERE, "bob");
		nodes.connect(THERE, ticket, BOB).close();
		assertThat(nodes.status(THERE, ticket)).isEqualTo(401);
		assertThat(nodes.status(HERE, ticket)).isEqualTo(401);
	}

	@Test
	void forgedTicketIsRefused() {
		assertThat(nodes.status(THERE, "0".repeat(32))).isEqualTo(401);
		assertThat(nodes.status(THERE, "*")).isEqualTo(401);
	}

	@Test
	void ticketOfAnotherPrefixIsRefusedAndStays() {
		String ticket = nodes.ticket(OTHER, "bob");
		assertThat(nodes.status(HERE, ticket)).isEqualTo(401);
		nodes.connect(OTHER, ticket, BOB).close();
	}

	@Test
	void expiredTicketIsRefused() {
		String ticket = nodes.ticket(HERE, "bob");
		assertThat((Long) nodes.redis().call("PTTL", key(ticket))).isBetween(20_000L, 30_000L);
		nodes.redis().call("PEXPIRE", key(ticket), 1);
		Awaitility.await().until(() -> nodes.redis().call("EXISTS", key(ticket)).equals(0L));
		assertThat(nodes.status(THERE, ticket)).isEqualTo(401);
	}

	@Test
	void ticketThatCannotBeReadIsRefused() {
		String ticket = nodes.ticket(HERE, "bob");
		nodes.redis().call("SET", key(ticket), "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==");
		assertThat(nodes.status(THERE, ticket)).isEqualTo(401);
	}

	@Test
	void credentialsAreNotKept() {
		HttpUser user = nodes.user(HERE).logIn("ann");
		String kept = String.valueOf(nodes.redis().call("GET", key(inSession(user))));
		assertThat(kept).contains("ROLE_ADMIN").doesNotContain("password", "{noop}");
	}

	@Test
	void logoutOnTheNodeOfTheTicketRemovesIt() {
		HttpUser ann = nodes.user(HERE).logIn("ann");
		String inSession = inSession(ann);
		String sessionless = nodes.ticket(HERE, "bob");
		ann.post("/logout", "");
		nodes.user(HERE).post("/forget", "", HttpUser.basic("bob").split(": "));
		assertThat(nodes.status(THERE, inSession)).isEqualTo(401);
		assertThat(nodes.status(THERE, sessionless)).isEqualTo(401);
	}

	@Test
	void logoutClosesTheConnectionOnItsNode() {
		HttpUser ann = nodes.user(HERE).logIn("ann");
		try (RawWs client = nodes.connect(HERE, inSession(ann), ANN)) {
			ann.post("/logout", "");
			client.expectClose(1008);
		}
	}

	@Test
	void logoutOfASessionThatHasChangedItsIdClosesTheConnection() {
		HttpUser ann = nodes.user(HERE).logIn("ann");
		String early = inSession(ann);
		ann.post("/change", "");
		try (RawWs client = nodes.connect(HERE, early, ANN)) {
			ann.post("/change", "");
			ann.post("/logout", "");
			client.expectClose(1008);
		}
	}

	@Test
	void logoutWithoutASessionClosesTheConnectionOfAnotherNodesTicket() {
		try (RawWs client = nodes.connect(THERE, nodes.ticket(HERE, "bob"), BOB);
				RawWs ann = nodes.connect(THERE, nodes.ticket(HERE, "ann"), ANN)) {
			nodes.user(THERE).post("/forget", "", HttpUser.basic("bob").split(": "));
			client.expectClose(1008);
			ann.sendText("still there");
			ann.expectText("still there");
		}
	}

	@Test
	void connectionEndsWithTheCredentialsThatTheOtherNodeKnows() {
		HandshakeTickets tickets = nodes.tickets(HERE);
		try (RawWs client = nodes.connect(THERE, tickets.issue(new Expiring()), "expiring ")) {
			assertThat(client.expectClose(1008)).isEqualTo("Credentials expired");
		}
	}

	@Test
	void redisThatIsAwayIsSaidAtOnce() {
		HttpUser ann = nodes.user(HERE).logIn("ann");
		String ticket = inSession(ann);
		nodes.leaveRedis();
		assertThat(ann.post("/ticket", "").statusCode()).isEqualTo(503);
		assertThat(nodes.status(THERE, ticket)).isEqualTo(503);
		long start = System.nanoTime();
		assertThatExceptionOfType(GroupsUnavailableException.class)
			.isThrownBy(() -> nodes.tickets(HERE).redeem(ticket));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		nodes.findRedis();
		nodes.awaitUp();
		nodes.connect(THERE, ticket, ANN).close();
	}

	@Test
	void redisThatDoesNotAnswerIsSaidAfterTheTimeout() {
		nodes.redis().suspend();
		try {
			long start = System.nanoTime();
			assertThatExceptionOfType(GroupsUnavailableException.class)
				.isThrownBy(() -> nodes.tickets(HERE).issue(() -> "ann"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		}
		finally {
			nodes.redis().resume();
		}
	}

	@Test
	void logoutWhileRedisIsAwayRemovesTheTicketLater() {
		HttpUser ann = nodes.user(HERE).logIn("ann");
		String ticket = inSession(ann);
		nodes.leaveRedis();
		ann.post("/logout", "");
		assertThat(nodes.redis().call("EXISTS", key(ticket))).isEqualTo(1L);
		nodes.findRedis();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> nodes.redis().call("EXISTS", key(ticket)).equals(0L));
	}

	private static String inSession(HttpUser user) {
		return user.post("/ticket", "").body();
	}

	private static String key(String ticket) {
		return "nx:ticket:" + ticket;
	}

	/**
	 * A user whose credentials expire soon, which only the node of the ticket knows.
	 */
	private static final class Expiring extends TestingAuthenticationToken {

		Expiring() {
			super("expiring", null, List.of());
			setAuthenticated(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Expiry {

		@Bean
		PrincipalExpiry expiry() {
			return Expiry::expiresAt;
		}

		private static Instant expiresAt(Principal principal) {
			return (principal instanceof Expiring) ? Instant.now().plusSeconds(2) : null;
		}

	}

}
