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
 * The login that a ticket was issued for: the user, and the HTTP session if there was
 * one. Made for {@link io.nexios.ws.Acceptance#principal}, which gives the user to the
 * connection and lets the connection end with the login. It has the name of the user, but
 * is not the user: {@link #principal()} is.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class TicketLogin implements Principal {

	private final Principal principal;

	private Instant expiresAt;

	private volatile @Nullable String sessionId;

	private volatile boolean active = true;

	TicketLogin(Principal principal, @Nullable String sessionId, Instant expiresAt) {
		this.principal = principal;
		this.sessionId = sessionId;
		this.expiresAt = expiresAt;
	}

	@Override
	public String getName() {
		return this.principal.getName();
	}

	/**
	 * Return the user.
	 * @return the principal that the ticket was issued for
	 */
	public Principal principal() {
		return this.principal;
	}

	/**
	 * Return the session that the ticket was issued in.
	 * @return the present id of the HTTP session, or {@code null} if there was none
	 */
	public @Nullable String sessionId() {
		return this.sessionId;
	}

	/**
	 * Return whether this login may still open a connection. It may not once the user has
	 * logged out, nor when the ticket was redeemed so long ago that this is not known any
	 * more: a handshake has as much time after its ticket as the ticket had.
	 * @return whether it may
	 */
	public boolean isActive() {
		return this.active;
	}

	void end() {
		this.active = false;
	}

	// Under the lock of the tickets

	void sessionRenamed(String newId) {
		this.sessionId = newId;
	}

	void keepUntil(Instant expiresAt) {
		this.expiresAt = expiresAt;
	}

	boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	@Override
	public String toString() {
		return "Login of " + getName();
	}

}
