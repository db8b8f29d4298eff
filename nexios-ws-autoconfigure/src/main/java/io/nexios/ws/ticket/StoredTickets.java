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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Tickets in a store that all nodes use. The store alone says whether a ticket is valid.
 * <p>
 * This node also remembers the logins of the tickets that it has issued. When such a
 * login ends, it removes the ticket from the store. A login may end while its ticket is
 * on the way to the store, or while the ticket is being taken from it. So this node looks
 * at the login again after each of them.
 * <p>
 * A login that was redeemed here has the user that the codec has read, also if this node
 * has issued the ticket. So all nodes have users of the same kind.
 *
 * @author Nexios Team
 */
final class StoredTickets implements Tickets {

	private final TicketLogins logins;

	private final Duration timeToLive;

	private final TicketSharing sharing;

	StoredTickets(TicketLogins logins, Duration timeToLive, TicketSharing sharing) {
		this.logins = logins;
		this.timeToLive = timeToLive;
		this.sharing = sharing;
	}

	@Override
	public void issue(String ticket, Principal principal, @Nullable String sessionId) {
		TicketLogin login = new TicketLogin(ticket, principal, sessionId, expiresAt(principal));
		String content = contentOf(login);
		remove(this.logins.issue(login));
		try {
			put(ticket, content);
		}
		catch (RuntimeException ex) {
			this.logins.forget(login);
			throw ex;
		}
		this.logins.restart(login);
		if (!login.isActive()) {
			remove(login);
		}
		else if (!Objects.equals(login.sessionId(), sessionId)) {
			replace(login);
		}
	}

	private @Nullable Instant expiresAt(Principal principal) {
		return this.sharing.expiries()
			.stream()
			.map((expiry) -> expiry.expiresAt(principal))
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
	}

	private String contentOf(TicketLogin login) {
		String user = this.sharing.codec().write(login.principal());
		return new KeptLogin(user, login.sessionId(), login.credentialsExpireAt()).write();
	}

	private void put(String ticket, String content) {
		this.sharing.waiting()
			.await(this.sharing.store().put(ticket, content, this.timeToLive).thenApply((kept) -> ticket));
	}

	@Override
	public @Nullable TicketLogin redeem(String ticket) {
		// Before the ticket is taken. Otherwise a logout meanwhile would leave no trace
		TicketLogin issued = this.logins.issued(ticket);
		Optional<String> content = this.sharing.waiting().await(this.sharing.store().take(ticket));
		if (content.isEmpty()) {
			return null;
		}
		TicketLogin login = read(ticket, content.get());
		return this.logins.redeem(login, issued) ? login : null;
	}

	private TicketLogin read(String ticket, String content) {
		try {
			KeptLogin kept = KeptLogin.read(content);
			Principal user = (kept != null) ? this.sharing.codec().read(kept.user()) : null;
			if (kept == null || user == null) {
				throw new UnreadableLoginException("Not written by this release or this codec", null);
			}
			return new TicketLogin(ticket, user, kept.sessionId(), kept.credentialsExpireAt());
		}
		catch (UnreadableLoginException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new UnreadableLoginException("The codec has failed", ex);
		}
	}

	@Override
	public void endSession(String id) {
		remove(this.logins.endSession(id));
	}

	@Override
	public void endLogins(String user, Predicate<TicketLogin> condition) {
		remove(this.logins.endLogins(user, condition));
	}

	private void remove(List<TicketLogin> ended) {
		ended.forEach(this::remove);
	}

	private void remove(TicketLogin ended) {
		this.sharing.store().remove(ended.ticket(), this.timeToLive);
	}

	@Override
	public void renameSession(String from, String to) {
		this.logins.renameSession(from, to).forEach(this::replace);
	}

	private void replace(TicketLogin renamed) {
		try {
			this.sharing.store().replace(renamed.ticket(), contentOf(renamed));
		}
		catch (RuntimeException ex) {
			// The user can have no ticket any more
			remove(renamed);
		}
	}

}
