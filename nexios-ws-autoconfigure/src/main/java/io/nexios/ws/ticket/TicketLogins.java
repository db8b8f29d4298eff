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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The logins of the tickets that this node has issued or redeemed, each for a limited
 * time. Of both there is a limited number. Thread-safe. No other code runs under its
 * lock.
 *
 * @author Nexios Team
 */
final class TicketLogins {

	private final ReentrantLock lock = new ReentrantLock();

	// In the order of issue, which is also the order of expiry
	private final Map<String, TicketLogin> issued = new LinkedHashMap<>();

	// In the order of redemption. Kept so that a logout is still noticed
	private final Set<TicketLogin> redeemed = new LinkedHashSet<>();

	private final LoginIndex index = new LoginIndex();

	private final Duration timeToLive;

	private final int max;

	private final Clock clock;

	TicketLogins(Duration timeToLive, int max, Clock clock) {
		this.timeToLive = timeToLive;
		this.max = max;
		this.clock = clock;
	}

	/**
	 * Add the login of a new ticket.
	 * @param login the login
	 * @return the logins that have ended early, because there are too many
	 */
	List<TicketLogin> issue(TicketLogin login) {
		this.lock.lock();
		try {
			List<TicketLogin> dropped = makeRoom(this.issued.values());
			keep(login);
			this.issued.put(login.ticket(), login);
			this.index.add(login);
			return dropped;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Count the time of a ticket again, because its time has begun only now.
	 * @param login the login of the ticket
	 */
	void restart(TicketLogin login) {
		this.lock.lock();
		try {
			keep(login);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void keep(TicketLogin login) {
		login.keepUntil(this.clock.instant().plus(this.timeToLive));
	}

	private List<TicketLogin> makeRoom(Collection<TicketLogin> kept) {
		Instant now = this.clock.instant();
		List<TicketLogin> dropped = new ArrayList<>();
		Iterator<TicketLogin> oldest = kept.iterator();
		while (oldest.hasNext()) {
			TicketLogin login = oldest.next();
			boolean expired = login.isExpired(now);
			if (!expired && kept.size() < this.max) {
				break;
			}
			oldest.remove();
			end(login);
			if (!expired) {
				dropped.add(login);
			}
		}
		return dropped;
	}

	private void end(TicketLogin login) {
		login.end();
		this.index.remove(login);
	}

	/**
	 * Find the login of a ticket that this node has issued.
	 * @param ticket the ticket
	 * @return the login, which may have ended, or {@code null} if there is none
	 */
	@Nullable TicketLogin issued(String ticket) {
		this.lock.lock();
		try {
			return this.issued.get(ticket);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Redeem a ticket that this node has issued.
	 * @param ticket the ticket
	 * @return the login, or {@code null} if it has ended or there is none
	 */
	@Nullable TicketLogin redeem(String ticket) {
		this.lock.lock();
		try {
			TicketLogin login = this.issued.remove(ticket);
			if (login != null && login.isExpired(this.clock.instant())) {
				end(login);
			}
			return (login != null && enter(login)) ? login : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Add the login of a ticket that was redeemed.
	 * @param login the login
	 * @param issued the login with which this node has issued the ticket, if it has
	 * @return whether the login has not ended
	 */
	boolean redeem(TicketLogin login, @Nullable TicketLogin issued) {
		this.lock.lock();
		try {
			if (issued != null) {
				remove(issued);
				takeSession(login, issued.sessionId());
				if (!issued.isActive()) {
					return false;
				}
			}
			this.index.add(login);
			return enter(login);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only this node knows the id that the session has now
	private static void takeSession(TicketLogin login, @Nullable String sessionId) {
		if (sessionId != null) {
			login.sessionRenamed(sessionId);
		}
	}

	private boolean enter(TicketLogin login) {
		makeRoom(this.redeemed);
		if (login.isActive()) {
			keep(login);
			this.redeemed.add(login);
		}
		return login.isActive();
	}

	/**
	 * Remove the login of a ticket that this node has issued.
	 * @param login the login
	 */
	void forget(TicketLogin login) {
		this.lock.lock();
		try {
			remove(login);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remove(TicketLogin issued) {
		this.issued.remove(issued.ticket(), issued);
		this.index.remove(issued);
	}

	/**
	 * End the logins of a session.
	 * @param id the id of the session
	 * @return those of tickets that this node has issued and not redeemed
	 */
	List<TicketLogin> endSession(String id) {
		this.lock.lock();
		try {
			return end(this.index.ofSession(id));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Update the id of a session.
	 * @param from the old id
	 * @param to the new id
	 * @return the logins of tickets that this node has issued and not redeemed
	 */
	List<TicketLogin> renameSession(String from, String to) {
		this.lock.lock();
		try {
			List<TicketLogin> renamed = this.index.ofSession(from);
			this.index.renameSession(from, to);
			return renamed.stream().filter(this::isIssued).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End logins of a user.
	 * @param user the name of the user
	 * @param condition selects the logins
	 * @return those of tickets that this node has issued and not redeemed
	 */
	List<TicketLogin> endLogins(String user, Predicate<TicketLogin> condition) {
		List<TicketLogin> ending = ofUser(user).stream().filter(condition).toList();
		this.lock.lock();
		try {
			return end(ending);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<TicketLogin> ofUser(String user) {
		this.lock.lock();
		try {
			return this.index.ofUser(user);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<TicketLogin> end(List<TicketLogin> ending) {
		ending.forEach(this::end);
		return ending.stream().filter(this::isIssued).toList();
	}

	private boolean isIssued(TicketLogin login) {
		return this.issued.get(login.ticket()) == login;
	}

}
