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
 * Tickets for the handshakes of browsers, which cannot send an Authorization header: an
 * ordinary request, authenticated as all others are, gets a ticket, and the handshake
 * passes it on in its query. A ticket is unguessable, good once, and not for long, so
 * that it does no harm in the access log of a proxy. It ends with the login that it was
 * issued for.
 * <p>
 * Safe for use by any number of threads: of several that redeem a ticket, one gets its
 * login. Tickets are kept in memory, so that the handshake has to reach the application
 * instance that issued the ticket. Above the number that may be outstanding the oldest is
 * dropped: limit how often a user may ask for one.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class HandshakeTickets {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	// Whatever is added to the time of any clock is still a time
	private static final Duration LONGEST_TIME_TO_LIVE = Duration.ofDays(36_500);

	private static final int MAX_TICKETS = 100_000;

	private static final int TICKET_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final ReentrantLock lock = new ReentrantLock();

	// In the order of their issue, which is that of their expiry
	private final Map<String, TicketLogin> outstanding = new LinkedHashMap<>();

	// In the order of their redemption: a logout is still to be noticed
	private final Set<TicketLogin> redeemed = new LinkedHashSet<>();

	private final LoginIndex logins = new LoginIndex();

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
	 * @param timeToLive how long a ticket is good for, and then how long the handshake
	 * may take that has redeemed it
	 * @param maxTickets how many tickets may be outstanding, and how many handshakes at a
	 * time may have redeemed one
	 * @param clock the clock
	 */
	public HandshakeTickets(Duration timeToLive, int maxTickets, Clock clock) {
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(), "A ticket has to live for some time");
		Assert.isTrue(timeToLive.compareTo(LONGEST_TIME_TO_LIVE) <= 0, "A ticket lives for 36500 days at most");
		Assert.isTrue(maxTickets > 0, "There have to be tickets");
		this.timeToLive = timeToLive;
		this.maxTickets = maxTickets;
		this.clock = clock;
	}

	/**
	 * Issue a ticket. To be called on the thread of the request, whose HTTP session, if
	 * it has one, is that of the login: when it ends, so does the ticket. On another
	 * thread the login is taken for one without a session.
	 * @param principal whom it lets in
	 * @return the ticket, 128 random bits in hexadecimal digits
	 */
	public String issue(Principal principal) {
		Assert.notNull(principal, "A ticket is for a user");
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
	 * Redeem a ticket, which is then used up. Pass what it gives to
	 * {@link io.nexios.ws.Acceptance#principal}, soon.
	 * @param ticket what the client sent
	 * @return the login that the ticket was issued for, empty if it is none, is used up,
	 * has expired, or if the login has ended
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
	 * End what was issued in a session, because the session has ended.
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
	 * Follow a session that has got another id.
	 * @param from the id until now
	 * @param to the id from now on
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
	 * End what was issued for logins of a user.
	 * @param user the name of the user
	 * @param condition which of the user's logins
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
