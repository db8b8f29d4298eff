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
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
 * login. When there are too many outstanding tickets, the oldest is dropped. Therefore
 * limit how often a user may request a ticket.
 * <p>
 * Without a {@link TicketStore}, tickets are kept in memory. The handshake then has to
 * reach the application instance that issued the ticket. With a store, which
 * {@code nexios.ws.redis.enabled} provides, any node can redeem a ticket:
 * <ul>
 * <li>The user is the one that a {@link io.nexios.ws.spi.TicketPrincipalCodec} has
 * written and read, on all nodes.
 * <li>A logout that reaches the node that issued the ticket removes the ticket. If the
 * store cannot be reached at that time, this node refuses the ticket, and tries to remove
 * it until it expires.
 * <li>A logout on any other node is noticed by the session lookup
 * ({@code nexios.ws.security.session-check-interval}) or by the events of a session store
 * that all nodes share. It is not noticed if the login has no session, or if each node
 * has sessions of its own.
 * <li>If a session gets another id on another node than the one that issued the ticket,
 * the login has the old id.
 * <li>If the store fails over and loses the last writes, a ticket that was used just
 * before may be valid again until it expires.
 * </ul>
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class HandshakeTickets {

	/**
	 * How long a ticket is valid by default: 30 seconds.
	 */
	public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	/**
	 * The maximum number of outstanding tickets by default: 100,000.
	 */
	public static final int MAX_TICKETS = 100_000;

	// Added to the time of any clock, this does not overflow
	private static final Duration LONGEST_TIME_TO_LIVE = Duration.ofDays(36_500);

	private static final int TICKET_BYTES = 16;

	private static final Pattern TICKET = Pattern.compile("[0-9a-f]{32}");

	private final SecureRandom random = new SecureRandom();

	private final Tickets tickets;

	private final TicketObserver observer;

	/**
	 * Create tickets in memory that are valid for 30 seconds, with at most 100,000
	 * outstanding tickets.
	 */
	public HandshakeTickets() {
		this(TIME_TO_LIVE, MAX_TICKETS, Clock.systemUTC());
	}

	/**
	 * Create tickets in memory.
	 * @param timeToLive how long a ticket is valid. A handshake that has redeemed a
	 * ticket may take the same time again
	 * @param maxTickets the maximum number of outstanding tickets, and the maximum number
	 * of handshakes at a time that have redeemed a ticket
	 * @param clock the clock
	 */
	public HandshakeTickets(Duration timeToLive, int maxTickets, Clock clock) {
		this(timeToLive, maxTickets, clock, null, TicketObserver.NONE);
	}

	/**
	 * Create tickets.
	 * @param timeToLive how long a ticket is valid. A handshake that has redeemed a
	 * ticket may take the same time again
	 * @param maxTickets the maximum number of outstanding tickets of this node, and the
	 * maximum number of its handshakes at a time that have redeemed a ticket
	 * @param clock the clock
	 * @param sharing how nodes share their tickets, or {@code null} to keep the tickets
	 * in memory
	 * @param observer is told what happens
	 */
	public HandshakeTickets(Duration timeToLive, int maxTickets, Clock clock, @Nullable TicketSharing sharing,
			TicketObserver observer) {
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(), "'timeToLive' must be positive");
		Assert.isTrue(timeToLive.compareTo(LONGEST_TIME_TO_LIVE) <= 0, "'timeToLive' must be at most 36500 days");
		Assert.isTrue(maxTickets > 0, "'maxTickets' must be positive");
		TicketLogins logins = new TicketLogins(timeToLive, maxTickets, clock);
		this.tickets = (sharing != null) ? new StoredTickets(logins, timeToLive, sharing) : new MemoryTickets(logins);
		this.observer = observer;
	}

	/**
	 * Issue a ticket. Call this method on the thread of the request. If the request has
	 * an HTTP session, it is the session of the login, and the ticket ends with it. On
	 * another thread, the login is treated as a login without a session.
	 * @param principal the user of the ticket
	 * @return the ticket, 128 random bits in hexadecimal digits
	 * @throws IllegalArgumentException if nodes share their tickets, and there can be no
	 * ticket for this user. What is kept of a user has at most 8 KB
	 * @throws io.nexios.ws.channel.GroupsUnavailableException if nodes share their
	 * tickets, and the store has failed or not answered in time
	 */
	public String issue(Principal principal) {
		Assert.notNull(principal, "'principal' must not be null");
		String ticket = newTicket();
		this.tickets.issue(ticket, principal, currentSessionId());
		this.observer.issued();
		return ticket;
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

	/**
	 * Redeem a ticket, which can then not be used again. Pass the result to
	 * {@link io.nexios.ws.Acceptance#principal} soon.
	 * @param ticket the ticket that the client sent
	 * @return the login for which the ticket was issued. Empty if there is no such
	 * ticket, if it is used or expired, if the login has ended, or if what was kept for
	 * the ticket cannot be read
	 * @throws io.nexios.ws.channel.GroupsUnavailableException if nodes share their
	 * tickets, and the store has failed or not answered in time. Then the ticket may be
	 * used
	 */
	public Optional<TicketLogin> redeem(@Nullable String ticket) {
		try {
			TicketLogin login = (ticket != null && TICKET.matcher(ticket).matches()) ? this.tickets.redeem(ticket)
					: null;
			if (login != null) {
				this.observer.redeemed();
			}
			else {
				this.observer.refused();
			}
			return Optional.ofNullable(login);
		}
		catch (UnreadableLoginException ex) {
			this.observer.unreadable(ex.getCause());
			return Optional.empty();
		}
	}

	/**
	 * End all tickets that were issued in a session, because the session has ended. This
	 * does not wait for the store.
	 * @param id the id of the HTTP session
	 */
	public void endSession(String id) {
		this.tickets.endSession(id);
	}

	/**
	 * Update the id of a session that has got another id. This does not wait for the
	 * store.
	 * @param from the old id
	 * @param to the new id
	 */
	public void renameSession(String from, String to) {
		this.tickets.renameSession(from, to);
	}

	/**
	 * End all tickets that were issued for certain logins of a user. This does not wait
	 * for the store.
	 * @param user the name of the user
	 * @param condition selects the logins of the user
	 */
	public void endLogins(String user, Predicate<TicketLogin> condition) {
		this.tickets.endLogins(user, condition);
	}

}
