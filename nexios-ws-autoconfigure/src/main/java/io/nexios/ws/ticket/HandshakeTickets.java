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
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Tickets for the handshakes of browsers, which cannot send an Authorization header. An
 * ordinary authenticated request gets a ticket. The handshake sends the ticket in its
 * query. A ticket cannot be guessed, can be used only once, and is valid only for a short
 * time. So it does no harm in the access log of a proxy. It ends with the login for which
 * it was issued.
 * <p>
 * This class is thread-safe. If several threads redeem the same ticket, only one gets the
 * login. Tickets are kept in memory, so the handshake has to reach the application
 * instance that issued the ticket. When there are too many outstanding tickets, the
 * oldest is dropped. Therefore limit how often a user may request a ticket.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class HandshakeTickets {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	// Added to the time of any clock, this does not overflow
	private static final Duration LONGEST_TIME_TO_LIVE = Duration.ofDays(36_500);

	private static final int MAX_TICKETS = 100_000;

	private static final int TICKET_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final ReentrantLock lock = new ReentrantLock();

	// In the order of issue, which is also the order of expiry
	private final Map<String, TicketLogin> outstanding = new LinkedHashMap<>();

	// In the order of redemption. Kept so that a logout is still noticed
	private final Set<TicketLogin> redeemed = new LinkedHashSet<>();

	private final LoginIndex logins = new LoginIndex();

	private final Duration timeToLive;

	private final int maxTickets;

	private final Clock clock;

	/**
	 * Create tickets that are valid for 30 seconds, with at most 100,000 outstanding
	 * tickets.
	 */
	public HandshakeTickets() {
		this(TIME_TO_LIVE, MAX_TICKETS, Clock.systemUTC());
	}

	/**
	 * Create tickets.
	 * @param timeToLive how long a ticket is valid. A handshake that has redeemed a
	 * ticket may take the same time again
	 * @param maxTickets the maximum number of outstanding tickets, and the maximum number
	 * of handshakes at a time that have redeemed a ticket
	 * @param clock the clock
	 */
	public HandshakeTickets(Duration timeToLive, int maxTickets, Clock clock) {
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(), "'timeToLive' must be positive");
		Assert.isTrue(timeToLive.compareTo(LONGEST_TIME_TO_LIVE) <= 0, "'timeToLive' must be at most 36500 days");
		Assert.isTrue(maxTickets > 0, "'maxTickets' must be positive");
		this.timeToLive = timeToLive;
		this.maxTickets = maxTickets;
		this.clock = clock;
	}

	/**
	 * Issue a ticket. Call this method on the thread of the request. If the request has
	 * an HTTP session, it is the session of the login, and the ticket ends with it. On
	 * another thread, the login is treated as a login without a session.
	 * @param principal the user of the ticket
	 * @return the ticket, 128 random bits in hexadecimal digits
	 */
	public String issue(Principal principal) {
		Assert.notNull(principal, "'principal' must not be null");
		String ticket = newTicket();
		String sessionId = currentSessionId();
		this.lock.lock();
		try {
			Instant now = this.clock.instant();
			makeRoom(this.outstanding.values(), now);
			TicketLogin login = new TicketLogin(principal, sessionId, now.plus(this.timeToLive));
			this.outstanding.put(ticket, login);
			this.logins.add(login);
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

	private static @Nullable String currentSessionId() {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			HttpSession session = attributes.getRequest().getSession(false);
			return (session != null) ? session.getId() : null;
		}
		return null;
	}

	private void makeRoom(Collection<TicketLogin> kept, Instant now) {
		Iterator<TicketLogin> oldest = kept.iterator();
		while (oldest.hasNext()) {
			TicketLogin login = oldest.next();
			if (!login.isExpired(now) && kept.size() < this.maxTickets) {
				return;
			}
			oldest.remove();
			end(login);
		}
	}

	private void end(TicketLogin login) {
		login.end();
		this.logins.remove(login);
	}

	/**
	 * Redeem a ticket, which can then not be used again. Pass the result to
	 * {@link io.nexios.ws.Acceptance#principal} soon.
	 * @param ticket the ticket that the client sent
	 * @return the login for which the ticket was issued. Empty if there is no such
	 * ticket, if it is used or expired, or if the login has ended
	 */
	public Optional<TicketLogin> redeem(@Nullable String ticket) {
		if (ticket == null) {
			return Optional.empty();
		}
		this.lock.lock();
		try {
			return Optional.ofNullable(this.outstanding.remove(ticket)).filter(this::isRedeemed);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isRedeemed(TicketLogin login) {
		Instant now = this.clock.instant();
		makeRoom(this.redeemed, now);
		if (login.isExpired(now)) {
			end(login);
		}
		else if (login.isActive()) {
			login.keepUntil(now.plus(this.timeToLive));
			this.redeemed.add(login);
		}
		return login.isActive();
	}

	/**
	 * End all tickets that were issued in a session, because the session has ended.
	 * @param id the id of the HTTP session
	 */
	public void endSession(String id) {
		this.lock.lock();
		try {
			this.logins.ofSession(id).forEach(this::end);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Update the id of a session that has got another id.
	 * @param from the old id
	 * @param to the new id
	 */
	public void renameSession(String from, String to) {
		this.lock.lock();
		try {
			this.logins.renameSession(from, to);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End all tickets that were issued for certain logins of a user.
	 * @param user the name of the user
	 * @param condition selects the logins of the user
	 */
	public void endLogins(String user, Predicate<TicketLogin> condition) {
		List<TicketLogin> ending = loginsOf(user).stream().filter(condition).toList();
		this.lock.lock();
		try {
			ending.forEach(this::end);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<TicketLogin> loginsOf(String user) {
		this.lock.lock();
		try {
			return this.logins.ofUser(user);
		}
		finally {
			this.lock.unlock();
		}
	}

}
