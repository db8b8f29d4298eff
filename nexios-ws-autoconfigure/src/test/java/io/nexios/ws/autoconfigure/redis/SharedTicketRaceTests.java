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

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.TicketLogin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many who redeem the same ticket at the same time.
 *
 * @author Nexios Team
 */
@RequiresRedis
class SharedTicketRaceTests {

	private static final int THREADS = 50;

	private static TicketNodes nodes;

	@BeforeAll
	static void start() {
		nodes = TicketNodes.start(2);
	}

	@AfterAll
	static void stop() {
		nodes.close();
	}

	@Test
	void oneOfManyOnTwoNodesGetsTheUser() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			CyclicBarrier start = new CyclicBarrier(THREADS);
			for (int round = 0; round < 100; round++) {
				String ticket = nodes.tickets(round % 2).issue(() -> "ann");
				List<CompletableFuture<Optional<TicketLogin>>> attempts = IntStream.range(0, THREADS)
					.mapToObj((i) -> nodes.tickets(i % 2))
					.map((tickets) -> CompletableFuture.supplyAsync(() -> redeemTogether(start, tickets, ticket),
							executor))
					.toList();
				assertThat(attempts.stream().filter((attempt) -> attempt.join().isPresent()).count()).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/**
	 * Either the logout removes the ticket, or the one who gets its user has a login that
	 * the logout ends.
	 */
	@Test
	void logoutOnTheNodeOfTheTicketEndsEachLoginOfThisNode() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			CyclicBarrier start = new CyclicBarrier(2);
			HandshakeTickets tickets = nodes.tickets(0);
			for (int round = 0; round < 500; round++) {
				String user = "user" + round;
				String ticket = tickets.issue(() -> user);
				CompletableFuture<Optional<TicketLogin>> redeemed = CompletableFuture
					.supplyAsync(() -> redeemTogether(start, tickets, ticket), executor);
				CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
					await(start);
					tickets.endLogins(user, (login) -> true);
				}, executor);
				ended.join();
				assertThat(redeemed.join().filter(TicketLogin::isActive)).isEmpty();
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static Optional<TicketLogin> redeemTogether(CyclicBarrier start, HandshakeTickets tickets, String ticket) {
		await(start);
		return tickets.redeem(ticket);
	}

	private static void await(CyclicBarrier start) {
		try {
			start.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
