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
 * A way to keep tickets.
 *
 * @author Nexios Team
 */
interface Tickets {

	/**
	 * Keep a ticket.
	 * @param ticket the ticket
	 * @param principal the user
	 * @param sessionId the id of the user's HTTP session, if there is one
	 */
	void issue(String ticket, Principal principal, @Nullable String sessionId);

	/**
	 * Redeem a ticket.
	 * @param ticket the ticket
	 * @return the login, or {@code null} if there is no such ticket or its login has
	 * ended
	 * @throws UnreadableLoginException if what was kept cannot be read
	 */
	@Nullable TicketLogin redeem(String ticket);

	void endSession(String id);

	void renameSession(String from, String to);

	void endLogins(String user, Predicate<TicketLogin> condition);

}
