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
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The login for which a ticket was issued: the user, and the HTTP session if there was
 * one. Pass it to {@link io.nexios.ws.Acceptance#principal}, which sets the user of the
 * connection and ends the connection with the login. A login has the name of the user,
 * but it is not the user. {@link #principal()} returns the user.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class TicketLogin implements Principal {

	private final String ticket;

	private final Principal principal;

	private final @Nullable Instant credentialsExpireAt;

	private Instant keptUntil = Instant.MAX;

	private volatile @Nullable String sessionId;

	private volatile boolean active = true;

	TicketLogin(String ticket, Principal principal, @Nullable String sessionId, @Nullable Instant credentialsExpireAt) {
		this.ticket = ticket;
		this.principal = principal;
		this.sessionId = sessionId;
		this.credentialsExpireAt = credentialsExpireAt;
	}

	String ticket() {
		return this.ticket;
	}

	@Override
	public String getName() {
		return this.principal.getName();
	}

	/**
	 * Return the user.
	 * @return the principal for which the ticket was issued. If nodes share their
	 * tickets, it is the one that the {@link io.nexios.ws.spi.TicketPrincipalCodec} has
	 * read
	 */
	public Principal principal() {
		return this.principal;
	}

	/**
	 * Return the session in which the ticket was issued.
	 * @return the current id of the HTTP session, or {@code null} if there was none
	 */
	public @Nullable String sessionId() {
		return this.sessionId;
	}

	/**
	 * Return when the credentials of the user expire, as the node that has issued the
	 * ticket has found out. The connection ends then.
	 * @return the time, or {@code null} if they do not expire, or if the
	 * {@link #principal()} has to be asked
	 */
	public @Nullable Instant credentialsExpireAt() {
		return this.credentialsExpireAt;
	}

	/**
	 * Return whether this login may still open a connection. It may not if the user has
	 * logged out. It may not either if the ticket was redeemed too long ago, because a
	 * logout is then no longer known. After the ticket is redeemed, the handshake has as
	 * much time as a ticket is valid.
	 * @return whether the login may open a connection
	 */
	public boolean isActive() {
		return this.active;
	}

	void end() {
		this.active = false;
	}

	// Guarded by the lock of the tickets

	void sessionRenamed(String newId) {
		this.sessionId = newId;
	}

	void keepUntil(Instant end) {
		this.keptUntil = end;
	}

	boolean isExpired(Instant now) {
		return !now.isBefore(this.keptUntil);
	}

	@Override
	public String toString() {
		return "Login of " + getName();
	}

}
