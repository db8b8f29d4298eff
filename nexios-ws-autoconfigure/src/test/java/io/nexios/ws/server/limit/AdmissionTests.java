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

package io.nexios.ws.server.limit;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.spi.RateLimiters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Never more connections are admitted than allowed, and nothing remains of those that
 * have ended.
 *
 * @author Nexios Team
 */
class AdmissionTests {

	private static final int THREADS = 8;

	private static final int ROUNDS = 5_000;

	private static final int TOTAL = 5;

	private static final int PER_ADDRESS = 3;

	private static final int PER_USER = 2;

	private static final int UNDECIDED = 4;

	@Test
	void ticketGivenBackTwiceMakesRoomForOne() {
		Admission admission = admission(TestLimits.defaults().withConnections(2));
		Admission.Ticket first = taken(admission, "192.0.2.1", null);
		taken(admission, "192.0.2.1", null);
		first.giveBack();
		first.giveBack();
		taken(admission, "192.0.2.1", null);
		assertThat(ticket(admission, "192.0.2.1", null).take()).isEqualTo(Refusal.CONNECTIONS);
	}

	@Test
	void ticketThatWasRefusedGivesNothingBack() {
		Admission admission = admission(TestLimits.defaults().withConnections(1));
		taken(admission, "192.0.2.1", null);
		Admission.Ticket refused = ticket(admission, "192.0.2.1", null);
		refused.take();
		refused.giveBack();
		assertThat(ticket(admission, "192.0.2.1", null).take()).isEqualTo(Refusal.CONNECTIONS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void usersWithoutANameCountAsOne(int perUser) {
		Admission admission = admission(TestLimits.defaults().withConnectionsPerUser(perUser));
		Admission.Ticket first = handshakeOf(admission, "192.0.2.1", () -> null);
		assertThat(first.take()).isNull();
		Admission.Ticket late = taken(admission, "192.0.2.1", null);
		assertThat(late.take(() -> null)).isEqualTo((perUser != 0) ? Refusal.USER_CONNECTIONS : null);
		first.giveBack();
		late.giveBack();
		assertThatNothingIsKept(admission);
	}

	@Test
	void decidedHandshakeMakesRoomForOneThatIsNot() {
		Admission admission = admission(TestLimits.defaults().withUndecidedHandshakes(1));
		Admission.Ticket first = taken(admission, "192.0.2.1", null);
		assertThat(ticket(admission, "192.0.2.1", null).take()).isEqualTo(Refusal.UNDECIDED_HANDSHAKES);
		first.decided();
		taken(admission, "192.0.2.1", null);
	}

	@Test
	void handshakeThatIsDecidedTwiceMakesRoomForOne() {
		Admission admission = admission(TestLimits.defaults().withUndecidedHandshakes(2));
		Admission.Ticket first = taken(admission, "192.0.2.1", null);
		taken(admission, "192.0.2.1", null);
		first.decided();
		first.decided();
		first.giveBack();
		taken(admission, "192.0.2.1", null);
		assertThat(ticket(admission, "192.0.2.1", null).take()).isEqualTo(Refusal.UNDECIDED_HANDSHAKES);
	}

	@Test
	void ticketsThatAreGivenBackLeaveNothingBehind() {
		Admission admission = admission(limits(10, 10, 10).withUndecidedHandshakes(10));
		List<Admission.Ticket> tickets = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			tickets.add(taken(admission, "192.0.2." + i, "user" + i));
		}
		assertThat(counts(admission, "perAddress").keys()).isEqualTo(10);
		tickets.forEach(Admission.Ticket::decided);
		tickets.forEach(Admission.Ticket::giveBack);
		assertThatNothingIsKept(admission);
	}

	@Test
	void connectionsAreNotCountedWithoutLimits() {
		Admission admission = admission(TestLimits.defaults().withUndecidedHandshakes(0));
		taken(admission, "192.0.2.1", "alice");
		assertThatNothingIsKept(admission);
	}

	@Test
	void racingHandshakesNeverExceedALimit() throws Exception {
		Admission admission = admission(limits(TOTAL, PER_ADDRESS, PER_USER).withUndecidedHandshakes(UNDECIDED));
		Admitted admitted = new Admitted();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Callable<Integer>> tasks = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Random random = new Random(i);
				tasks.add(() -> race(admission, admitted, random));
			}
			int successes = 0;
			for (Future<Integer> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
				successes += result.get();
			}
			assertThat(successes).isPositive();
		}
		finally {
			threads.shutdownNow();
		}
		assertThatNothingIsKept(admission);
	}

	private static int race(Admission admission, Admitted admitted, Random random) {
		int successes = 0;
		for (int round = 0; round < ROUNDS; round++) {
			int address = random.nextInt(2);
			int user = random.nextInt(3);
			Admission.Ticket ticket = ticket(admission, "192.0.2." + address, "user" + user);
			if (ticket.take() == null) {
				successes++;
				admitted.enter(address, user);
				Thread.onSpinWait();
				admitted.decided();
				ticket.decided();
				admitted.leave(address, user);
				ticket.giveBack();
				ticket.giveBack();
			}
		}
		return successes;
	}

	private static void assertThatNothingIsKept(Admission admission) {
		for (String name : List.of("connections", "perAddress", "perUser", "undecided")) {
			assertThat(counts(admission, name).keys()).as(name).isZero();
		}
	}

	private static BoundedCounts counts(Admission admission, String name) {
		BoundedCounts counts = (BoundedCounts) ReflectionTestUtils.getField(admission, name);
		Assert.state(counts != null, name);
		return counts;
	}

	private static TestLimits limits(int connections, int perAddress, int perUser) {
		return TestLimits.defaults()
			.withConnections(connections)
			.withConnectionsPerAddress(perAddress)
			.withConnectionsPerUser(perUser);
	}

	private static Admission admission(TestLimits limits) {
		return new Admission(limits.build(), RateLimiters.UNLIMITED);
	}

	private static Admission.Ticket taken(Admission admission, String address, @Nullable String user) {
		Admission.Ticket ticket = ticket(admission, address, user);
		assertThat(ticket.take()).isNull();
		return ticket;
	}

	private static Admission.Ticket ticket(Admission admission, String address, @Nullable String user) {
		return handshakeOf(admission, address, (user != null) ? () -> user : null);
	}

	private static Admission.Ticket handshakeOf(Admission admission, String address, @Nullable Principal principal) {
		return admission.ticket(new InetSocketAddress(address, 1), principal);
	}

	/**
	 * Counts independently, to compare.
	 */
	private static final class Admitted {

		private final AtomicInteger total = new AtomicInteger();

		private final AtomicInteger undecided = new AtomicInteger();

		private final List<AtomicInteger> addresses = List.of(new AtomicInteger(), new AtomicInteger());

		private final List<AtomicInteger> users = List.of(new AtomicInteger(), new AtomicInteger(),
				new AtomicInteger());

		void enter(int address, int user) {
			assertThat(this.total.incrementAndGet()).isLessThanOrEqualTo(TOTAL);
			assertThat(this.addresses.get(address).incrementAndGet()).isLessThanOrEqualTo(PER_ADDRESS);
			assertThat(this.users.get(user).incrementAndGet()).isLessThanOrEqualTo(PER_USER);
			assertThat(this.undecided.incrementAndGet()).isLessThanOrEqualTo(UNDECIDED);
		}

		void decided() {
			this.undecided.decrementAndGet();
		}

		void leave(int address, int user) {
			this.users.get(user).decrementAndGet();
			this.addresses.get(address).decrementAndGet();
			this.total.decrementAndGet();
		}

	}

}
