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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tickets for the handshakes of browsers, which cannot send an Authorization header: an
 * ordinary request, authenticated as all others are, gets a ticket, and the handshake
 * passes it on in its query. A ticket is unguessable, good once, and not for long, so
 * that it does no harm in the access log of a proxy.
 * <p>
 * Safe for use by any number of threads: of several that redeem a ticket, one gets its
 * user. Tickets are kept in memory, so that the handshake has to reach the application
 * instance that issued the ticket. Above the number that may be outstanding the oldest is
 * dropped: limit how often a user may ask for one.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class HandshakeTickets {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	private static final int MAX_TICKETS = 100_000;

	private static final int TICKET_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final ReentrantLock lock = new ReentrantLock();

	// In the order of their issue, which is that of their expiry
	private final Map<String, Ticket> tickets = new LinkedHashMap<>();

	private final Duration timeToLive;

	private final int maxTickets;

	private final Clock clock;

	/**
	 * Create tickets that are good for 30 seconds, at most 100,000 at a time.
	 */
	public HandshakeTickets() {
		this(TIME_TO_LIVE, MAX_TICKETS, Clock.systemUTC());
	}

	/**
	 * Create tickets.
	 * @param timeToLive how long a ticket is good for
	 * @param maxTickets how many tickets may be outstanding
	 * @param clock the clock
	 */
	public HandshakeTickets(Duration timeToLive, int maxTickets, Clock clock) {
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(), "A ticket has to live for some time");
		Assert.isTrue(maxTickets > 0, "There have to be tickets");
		this.timeToLive = timeToLive;
		this.maxTickets = maxTickets;
		this.clock = clock;
	}

	/**
	 * Issue a ticket.
	 * @param principal whom it lets in
	 * @return the ticket, 128 random bits in hexadecimal digits
	 */
	public String issue(Principal principal) {
		Assert.notNull(principal, "A ticket is for a user");
		String ticket = newTicket();
		this.lock.lock();
		try {
			Instant now = this.clock.instant();
			makeRoom(now);
			this.tickets.put(ticket, new Ticket(principal, now.plus(this.timeToLive)));
			return ticket;
		}
		finally {
			this.lock.unlock();
		}
	}

	private String newTicket() {
		byte[] bytes = new byte[TICKET_BYTES];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private void makeRoom(Instant now) {
		Iterator<Ticket> oldest = this.tickets.values().iterator();
		while (oldest.hasNext() && (oldest.next().isExpired(now) || this.tickets.size() >= this.maxTickets)) {
			oldest.remove();
		}
	}

	/**
	 * Redeem a ticket, which is then used up.
	 * @param ticket what the client sent
	 * @return the user that the ticket was issued for, empty if it is none, is used up or
	 * has expired
	 */
	public Optional<Principal> redeem(@Nullable String ticket) {
		if (ticket == null) {
			return Optional.empty();
		}
		Ticket redeemed = take(ticket);
		return (redeemed != null && !redeemed.isExpired(this.clock.instant())) ? Optional.of(redeemed.principal())
				: Optional.empty();
	}

	private @Nullable Ticket take(String ticket) {
		this.lock.lock();
		try {
			return this.tickets.remove(ticket);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is known of a ticket.
	 *
	 * @param principal whom it lets in
	 * @param expiresAt from when on it does not
	 */
	private record Ticket(Principal principal, Instant expiresAt) {

		boolean isExpired(Instant now) {
			return !now.isBefore(this.expiresAt);
		}

	}

}
