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
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Tickets in the memory of this node. No other node knows them.
 *
 * @author Nexios Team
 */
final class MemoryTickets implements Tickets {

	private final TicketLogins logins;

	MemoryTickets(TicketLogins logins) {
		this.logins = logins;
	}

	@Override
	public void issue(String ticket, Principal principal, @Nullable String sessionId) {
		this.logins.issue(new TicketLogin(ticket, principal, sessionId, null));
	}

	@Override
	public @Nullable TicketLogin redeem(String ticket) {
		return this.logins.redeem(ticket);
	}

	@Override
	public void endSession(String id) {
		this.logins.endSession(id);
	}

	@Override
	public void renameSession(String from, String to) {
		this.logins.renameSession(from, to);
	}

	@Override
	public void endLogins(String user, Predicate<TicketLogin> condition) {
		this.logins.endLogins(user, condition);
	}

}
