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

package io.nexios.ws.ticket;

import java.security.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.Assert;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HandshakeTickets}.
 *
 * @author Nexios Team
 */
class HandshakeTicketsTests {

	private final ManualClock clock = new ManualClock();

	private final HandshakeTickets tickets = new HandshakeTickets(Duration.ofSeconds(30), 3, this.clock);

	private final Principal ann = () -> "ann";

	@AfterEach
	void forgetTheRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void ticketLetsItsUserIn() {
		assertThat(this.tickets.redeem(this.tickets.issue(this.ann))).get()
			.satisfies((login) -> assertThat(login.principal()).isSameAs(this.ann))
			.satisfies((login) -> assertThat(login.getName()).isEqualTo("ann"));
	}

	@Test
	void ticketIsGoodOnce() {
		String ticket = this.tickets.issue(this.ann);
		this.tickets.redeem(ticket);
		assertThat(this.tickets.redeem(ticket)).isEmpty();
	}

	@Test
	void ticketIsGoodUntilItExpires() {
		String first = this.tickets.issue(this.ann);
		String second = this.tickets.issue(this.ann);
		this.clock.advance(Duration.ofMillis(29_999));
		assertThat(this.tickets.redeem(first)).isPresent();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.tickets.redeem(second)).isEmpty();
	}

	@Test
	void invalidTicketLetsNobodyIn() {
		this.tickets.issue(this.ann);
		assertThat(this.tickets.redeem(null)).isEmpty();
		assertThat(this.tickets.redeem("")).isEmpty();
		assertThat(this.tickets.redeem("0".repeat(32))).isEmpty();
	}

	@Test
	void ticketHas128BitsAndIsNeverTheSame() {
		HandshakeTickets many = new HandshakeTickets();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			assertThat(seen.add(many.issue(this.ann))).isTrue();
		}
		assertThat(seen).allMatch((ticket) -> ticket.matches("[0-9a-f]{32}"));
	}

	@Test
	void oldestIsDroppedIfThereAreTooMany() {
		List<String> issued = Stream.generate(() -> this.tickets.issue(this.ann)).limit(4).toList();
		assertThat(issued).map(this.tickets::redeem).map(Optional::isPresent).containsExactly(false, true, true, true);
	}

	@Test
	void expiredTicketsMakeRoom() {
		this.tickets.issue(this.ann);
		this.tickets.issue(this.ann);
		this.clock.advance(Duration.ofSeconds(20));
		String young = this.tickets.issue(this.ann);
		this.clock.advance(Duration.ofSeconds(10));
		this.tickets.issue(this.ann);
		this.tickets.issue(this.ann);
		assertThat(this.tickets.redeem(young)).isPresent();
	}

	@Test
	void ticketKeepsTheSessionOfItsRequest() {
		assertThat(this.tickets.redeem(this.tickets.issue(this.ann))).map(TicketLogin::sessionId).isEmpty();
		assertThat(this.tickets.redeem(issueIn("1"))).map(TicketLogin::sessionId).contains("1");
	}

	@Test
	void requestWithoutSessionGetsNone() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
		assertThat(this.tickets.redeem(this.tickets.issue(this.ann))).isPresent().map(TicketLogin::sessionId).isEmpty();
		assertThat(request.getSession(false)).isNull();
	}

	@Test
	void ticketIsVoidOnceItsSessionHasEnded() {
		String ended = issueIn("1");
		String other = issueIn("2");
		this.tickets.endSession("1");
		assertThat(this.tickets.redeem(ended)).isEmpty();
		assertThat(this.tickets.redeem(other)).isPresent();
	}

	@Test
	void ticketFollowsItsSession() {
		String ticket = issueIn("1");
		this.tickets.renameSession("1", "2");
		this.tickets.endSession("1");
		TicketLogin login = this.tickets.redeem(ticket).orElseThrow();
		assertThat(login.sessionId()).isEqualTo("2");
		this.tickets.renameSession("2", "3");
		assertThat(login.sessionId()).isEqualTo("3");
		this.tickets.endSession("3");
		assertThat(login.isActive()).isFalse();
	}

	@Test
	void ticketIsVoidOnceItsUserHasLoggedOut() {
		String ended = this.tickets.issue(this.ann);
		String other = this.tickets.issue(() -> "bob");
		this.tickets.endLogins("ann", (login) -> login.principal() == this.ann);
		this.tickets.endLogins("bob", (login) -> false);
		assertThat(this.tickets.redeem(ended)).isEmpty();
		assertThat(this.tickets.redeem(other)).isPresent();
	}

	@Test
	void loginEndsAfterTheTicketWasRedeemed() {
		TicketLogin login = this.tickets.redeem(this.tickets.issue(this.ann)).orElseThrow();
		assertThat(login.isActive()).isTrue();
		this.tickets.endLogins("ann", (candidate) -> candidate == login);
		assertThat(login.isActive()).isFalse();
	}

	@Test
	void loginThatIsNotFollowedAnyLongerIsNotActive() {
		TicketLogin login = this.tickets.redeem(issueIn("1")).orElseThrow();
		this.clock.advance(Duration.ofSeconds(29));
		this.tickets.redeem(this.tickets.issue(this.ann));
		assertThat(login.isActive()).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		this.tickets.redeem(this.tickets.issue(this.ann));
		assertThat(login.isActive()).isFalse();
	}

	@Test
	void nothingIsKeptOfLoginsThatHaveEnded() {
		for (int i = 0; i < 20; i++) {
			this.tickets.redeem(issueIn("session" + i));
			issueIn("session" + i);
		}
		assertThat(kept("bySession")).isEqualTo(3);
		assertThat(kept("byUser")).isOne();
		for (int i = 0; i < 20; i++) {
			this.tickets.endSession("session" + i);
		}
		assertThat(kept("bySession")).isZero();
		assertThat(kept("byUser")).isZero();
	}

	private String issueIn(String sessionId) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(new MockHttpSession(null, sessionId));
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
		try {
			return this.tickets.issue(this.ann);
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	private int kept(String name) {
		Object object = this.tickets;
		for (String field : List.of("tickets", "logins", "index", name)) {
			object = ReflectionTestUtils.getField(object, field);
			Assert.state(object != null, field);
		}
		return ((Map<?, ?>) object).size();
	}

	@Test
	void limitsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HandshakeTickets(Duration.ZERO, 1, this.clock));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandshakeTickets(Duration.ofSeconds(Long.MAX_VALUE), 1, this.clock));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandshakeTickets(Duration.ofSeconds(1), 0, this.clock));
	}

	@Test
	void oneOfManyWhoRedeemATicketGetsItsUser() throws Exception {
		int threads = 4;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CyclicBarrier start = new CyclicBarrier(threads);
			for (int round = 0; round < 500; round++) {
				String ticket = this.tickets.issue(this.ann);
				List<CompletableFuture<Optional<TicketLogin>>> attempts = Stream
					.generate(() -> CompletableFuture.supplyAsync(() -> redeemTogether(start, ticket), executor))
					.limit(threads)
					.toList();
				assertThat(attempts.stream().filter((attempt) -> attempt.join().isPresent()).count()).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private Optional<TicketLogin> redeemTogether(CyclicBarrier start, String ticket) {
		try {
			start.await(10, TimeUnit.SECONDS);
			return this.tickets.redeem(ticket);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
