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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.spi.PrincipalExpiry;
import io.nexios.ws.spi.TicketPrincipalCodec;
import io.nexios.ws.testsupport.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StoredTickets}: two nodes with one store.
 *
 * @author Nexios Team
 */
class StoredTicketsTests {

	private static final String TICKET = "0".repeat(32);

	private final ManualClock clock = new ManualClock();

	private final MapTicketStore store = new MapTicketStore();

	private final List<String> outcomes = new ArrayList<>();

	private final HandshakeTickets here = node(new NamedPrincipalCodec());

	private final HandshakeTickets there = node(new NamedPrincipalCodec());

	private final Principal ann = () -> "ann";

	private HandshakeTickets node(TicketPrincipalCodec codec, PrincipalExpiry... expiries) {
		return new HandshakeTickets(Duration.ofSeconds(30), 3, this.clock,
				new TicketSharing(this.store, codec, List.of(expiries), StoredTicketsTests::await), new Recorder());
	}

	private static <T> T await(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof GroupsUnavailableException unavailable) ? unavailable : ex;
		}
	}

	@AfterEach
	void forgetTheRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void ticketLetsItsUserInOnAnotherNode() {
		TicketLogin login = this.there.redeem(this.here.issue(this.ann)).orElseThrow();
		assertThat(login.principal()).isEqualTo(new NamedPrincipal("ann"));
		assertThat(login.getName()).isEqualTo("ann");
		assertThat(login.sessionId()).isNull();
		assertThat(login.isActive()).isTrue();
	}

	@Test
	void userIsOfTheSameKindOnTheNodeOfTheTicket() {
		assertThat(this.here.redeem(this.here.issue(this.ann)).orElseThrow().principal())
			.isEqualTo(new NamedPrincipal("ann"));
	}

	@Test
	void ticketIsGoodOnceOnAllNodes() {
		String ticket = this.here.issue(this.ann);
		assertThat(this.there.redeem(ticket)).isPresent();
		assertThat(this.here.redeem(ticket)).isEmpty();
		assertThat(this.there.redeem(ticket)).isEmpty();
	}

	@Test
	void outcomesAreCounted() {
		String ticket = this.here.issue(this.ann);
		this.there.redeem(ticket);
		this.there.redeem(ticket);
		this.there.redeem(null);
		this.store.tickets().put(TICKET, "?");
		this.there.redeem(TICKET);
		assertThat(this.outcomes).containsExactly("issued", "redeemed", "refused", "refused", "unreadable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0000000000000000000000000000000g", "000000000000000000000000000000000",
			"ABCDEF00000000000000000000000000", "0000000000000000000000000000000\n" })
	void storeIsNotAskedForWhatIsNoTicket(String forged) {
		this.store.setAway(true);
		assertThat(this.here.redeem(forged)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{", "{\"v\":1}", "{\"v\":1,\"user\":5}",
			"{\"v\":2,\"user\":\"{\\\"kind\\\":\\\"named\\\",\\\"name\\\":\\\"ann\\\"}\"}", "{\"v\":1,\"user\":\"{}\"}",
			"{\"v\":1,\"user\":\"{\"}",
			"{\"v\":1,\"user\":\"{\\\"kind\\\":\\\"named\\\",\\\"name\\\":\\\"ann\\\"}\",\"expires\":\"x\"}",
			"{\"v\":1,\"user\":\"{\\\"kind\\\":\\\"named\\\",\\\"name\\\":\\\"ann\\\"}\",\"expires\":9223372036854775807}" })
	void contentThatCannotBeReadLetsNobodyIn(String content) {
		this.store.tickets().put(TICKET, content);
		assertThat(this.here.redeem(TICKET)).isEmpty();
		assertThat(this.outcomes).containsExactly("unreadable");
	}

	@Test
	void storeThatIsAwayIsNotReplacedByTheMemory() {
		String ticket = this.here.issue(this.ann);
		this.store.setAway(true);
		assertThatExceptionOfType(GroupsUnavailableException.class).isThrownBy(() -> this.here.redeem(ticket));
		assertThatExceptionOfType(GroupsUnavailableException.class).isThrownBy(() -> this.here.issue(this.ann));
		this.store.setAway(false);
		assertThat(this.here.redeem(ticket)).isPresent();
	}

	@Test
	void ticketKeepsTheSessionOfItsRequest() {
		TicketLogin login = this.there.redeem(issueIn("1")).orElseThrow();
		assertThat(login.sessionId()).isEqualTo("1");
		this.there.endSession("1");
		assertThat(login.isActive()).isFalse();
	}

	@Test
	void ticketIsRemovedWhenItsSessionEnds() {
		String ended = issueIn("1");
		String other = issueIn("2");
		this.here.endSession("1");
		assertThat(this.there.redeem(ended)).isEmpty();
		assertThat(this.there.redeem(other)).isPresent();
	}

	@Test
	void ticketIsRemovedWhenItsUserLogsOut() {
		String ended = this.here.issue(this.ann);
		String other = this.here.issue(() -> "bob");
		this.here.endLogins("ann", (login) -> login.principal() == this.ann);
		this.here.endLogins("bob", (login) -> false);
		assertThat(this.there.redeem(ended)).isEmpty();
		assertThat(this.there.redeem(other)).isPresent();
	}

	@Test
	void logoutWhileTheTicketIsOnItsWayToTheStoreRemovesIt() {
		this.store.beforePut(() -> this.here.endLogins("ann", (login) -> true));
		String ticket = this.here.issue(this.ann);
		assertThat(this.store.tickets()).isEmpty();
		assertThat(this.there.redeem(ticket)).isEmpty();
	}

	@Test
	void logoutWhileTheTicketIsTakenEndsTheLoginOnItsNode() {
		String ticket = this.here.issue(this.ann);
		this.store.afterTake(() -> this.here.endLogins("ann", (login) -> true));
		assertThat(this.here.redeem(ticket)).isEmpty();
	}

	@Test
	void logoutWhileTheStoreIsAwayIsRememberedOnItsNode() {
		String ticket = this.here.issue(this.ann);
		String content = String.valueOf(this.store.tickets().get(ticket));
		this.here.endLogins("ann", (login) -> true);
		this.store.tickets().put(ticket, content);
		assertThat(this.here.redeem(ticket)).isEmpty();
	}

	@Test
	void loginEndsAfterTheTicketWasRedeemedThere() {
		TicketLogin login = this.there.redeem(this.here.issue(this.ann)).orElseThrow();
		this.there.endLogins("ann", (candidate) -> candidate == login);
		assertThat(login.isActive()).isFalse();
	}

	@Test
	void ticketFollowsItsSession() {
		String ticket = issueIn("1");
		this.here.renameSession("1", "2");
		TicketLogin login = this.there.redeem(ticket).orElseThrow();
		assertThat(login.sessionId()).isEqualTo("2");
		this.there.renameSession("2", "3");
		assertThat(login.sessionId()).isEqualTo("3");
	}

	@Test
	void ticketFollowsItsSessionWhileItIsOnItsWayToTheStore() {
		this.store.beforePut(() -> this.here.renameSession("1", "2"));
		assertThat(this.there.redeem(issueIn("1"))).map(TicketLogin::sessionId).contains("2");
	}

	@Test
	void ticketFollowsItsSessionWhileItIsTakenOnItsNode() {
		String ticket = issueIn("1");
		this.store.afterTake(() -> this.here.renameSession("1", "2"));
		assertThat(this.here.redeem(ticket)).map(TicketLogin::sessionId).contains("2");
	}

	@Test
	void ticketIsRemovedIfItsUserCanHaveNoneAfterTheIdHasChanged() {
		boolean[] refusing = { false };
		HandshakeTickets node = node(new FailingCodec() {
			@Override
			public String write(Principal principal) {
				if (refusing[0]) {
					throw new IllegalArgumentException("refused");
				}
				return super.write(principal);
			}
		});
		String ticket = issueIn("1", node);
		refusing[0] = true;
		node.renameSession("1", "2");
		assertThat(this.there.redeem(ticket)).isEmpty();
	}

	@Test
	void oldestIsRemovedIfThereAreTooMany() {
		String first = this.here.issue(this.ann);
		this.here.issue(this.ann);
		this.here.issue(this.ann);
		this.here.issue(this.ann);
		assertThat(this.store.tickets()).hasSize(3).doesNotContainKey(first);
	}

	@Test
	void timeOfATicketBeginsWhenItIsKept() {
		this.store.beforePut(() -> this.clock.advance(Duration.ofSeconds(2)));
		String ticket = this.here.issue(this.ann);
		this.store.beforePut(() -> {
		});
		this.clock.advance(Duration.ofSeconds(29));
		this.here.issue(this.ann);
		this.here.endLogins("ann", (login) -> true);
		assertThat(this.store.tickets()).doesNotContainKey(ticket);
	}

	@Test
	void expiryOfTheCredentialsIsKept() {
		Instant expiry = Instant.parse("2026-01-01T00:10:00Z");
		HandshakeTickets node = node(new NamedPrincipalCodec(), (principal) -> null,
				(principal) -> expiry.plusSeconds(1), (principal) -> expiry);
		assertThat(this.there.redeem(node.issue(this.ann))).map(TicketLogin::credentialsExpireAt).contains(expiry);
		assertThat(this.there.redeem(this.here.issue(this.ann))).map(TicketLogin::credentialsExpireAt).isEmpty();
	}

	@Test
	void credentialsMayExpireAtTheEndOfTime() {
		HandshakeTickets node = node(new NamedPrincipalCodec(), (principal) -> Instant.MAX);
		assertThat(this.there.redeem(node.issue(this.ann))).isPresent();
	}

	@Test
	void sizeOfAUserIsLimited() {
		assertThat(this.there.redeem(this.here.issue(() -> "x".repeat(8000)))).isPresent();
		assertThatIllegalArgumentException().isThrownBy(() -> this.here.issue(() -> "x".repeat(8192)))
			.withMessageContaining("8192 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> this.here.issue(() -> "\u00e4".repeat(4096)));
		assertThat(this.outcomes).containsExactly("issued", "redeemed");
	}

	@Test
	void codecThatFailsLetsNobodyIn() {
		HandshakeTickets failing = node(new FailingCodec() {
			@Override
			public @Nullable Principal read(String text) {
				throw new IllegalStateException("broken");
			}
		});
		assertThat(failing.redeem(this.here.issue(this.ann))).isEmpty();
		assertThat(this.outcomes).containsExactly("issued", "unreadable IllegalStateException");
	}

	private String issueIn(String sessionId) {
		return issueIn(sessionId, this.here);
	}

	private String issueIn(String sessionId, HandshakeTickets node) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(new MockHttpSession(null, sessionId));
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
		try {
			return node.issue(this.ann);
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	/**
	 * A codec to override.
	 */
	private static class FailingCodec implements TicketPrincipalCodec {

		private final NamedPrincipalCodec named = new NamedPrincipalCodec();

		@Override
		public String write(Principal principal) {
			return this.named.write(principal);
		}

		@Override
		public @Nullable Principal read(String text) {
			return this.named.read(text);
		}

	}

	private final class Recorder implements TicketObserver {

		@Override
		public void issued() {
			StoredTicketsTests.this.outcomes.add("issued");
		}

		@Override
		public void redeemed() {
			StoredTicketsTests.this.outcomes.add("redeemed");
		}

		@Override
		public void refused() {
			StoredTicketsTests.this.outcomes.add("refused");
		}

		@Override
		public void unreadable(@Nullable Throwable cause) {
			boolean ofCodec = cause instanceof IllegalStateException;
			StoredTicketsTests.this.outcomes.add("unreadable" + (ofCodec ? " IllegalStateException" : ""));
		}

	}

}
