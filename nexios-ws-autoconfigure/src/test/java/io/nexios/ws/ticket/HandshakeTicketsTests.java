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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.ManualClock;
import org.junit.jupiter.api.Test;

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

	@Test
	void ticketLetsItsUserIn() {
		assertThat(this.tickets.redeem(this.tickets.issue(this.ann))).contains(this.ann);
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
	void whatIsNoTicketLetsNobodyIn() {
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
	void limitsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HandshakeTickets(Duration.ZERO, 1, this.clock));
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
				List<CompletableFuture<Optional<Principal>>> attempts = Stream
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

	private Optional<Principal> redeemTogether(CyclicBarrier start, String ticket) {
		try {
			start.await(10, TimeUnit.SECONDS);
			return this.tickets.redeem(ticket);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
