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

package io.nexios.ws.server.login;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.TicketLogin;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Ends connections together with the login with which they were opened. If the user has
 * an HTTP session, that is when the session is destroyed. If the user has no session,
 * that is when {@link #endSessionless} or {@link #endLogins} is called. If no store
 * reports the end of a session, {@link SessionCheck} looks it up. Connections without a
 * user have no login, so they are not ended. This class creates no sessions.
 *
 * @author Nexios Team
 */
public final class SessionConnections implements HttpSessionListener, HttpSessionIdListener {

	private static final CloseStatus ENDED = new CloseStatus(CloseStatus.POLICY_VIOLATION.getCode(), "Session ended");

	// A handshake may have found the session just before its end, and add its connection
	// just after it
	private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

	private final ConnectionIndex bySession = new ConnectionIndex();

	private final ConnectionIndex byUser = new ConnectionIndex();

	private final ConnectionIndex sessionless = new ConnectionIndex();

	private final ServerThreads threads;

	private final List<HandshakeTickets> tickets;

	/**
	 * Create an object to register as a listener with the servlet container.
	 * @param threads the threads of the server
	 * @param tickets the tickets, which end with their logins as well
	 */
	public SessionConnections(ServerThreads threads, List<HandshakeTickets> tickets) {
		this.threads = threads;
		this.tickets = List.copyOf(tickets);
	}

	public void add(Connection connection, @Nullable Principal principal, @Nullable HttpSession session) {
		if (principal != null) {
			add(connection, principal.getName(), (session != null) ? session.getId() : null);
		}
	}

	/**
	 * Add a connection whose user becomes known by a ticket. The caller has to check
	 * afterwards whether the login is still active.
	 * @param connection the connection
	 * @param login the login of the ticket
	 */
	public void add(Connection connection, TicketLogin login) {
		String id = login.sessionId();
		add(connection, login.getName(), id);
		String present = login.sessionId();
		while (id != null && present != null && !id.equals(present)) {
			// The id has changed meanwhile, perhaps before the connection could be found
			this.bySession.rename(id, present);
			id = present;
			present = login.sessionId();
		}
	}

	private void add(Connection connection, String user, @Nullable String sessionId) {
		this.byUser.add(user, connection);
		if (sessionId != null) {
			this.bySession.add(sessionId, connection);
		}
		else {
			this.sessionless.add(user, connection);
		}
	}

	List<String> sessionIds() {
		return this.bySession.keys();
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		endSession(event.getSession().getId());
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
		renameSession(oldSessionId, event.getSession().getId());
	}

	/**
	 * Follow a session whose id has changed.
	 * @param from the old id
	 * @param to the new id
	 */
	public void renameSession(String from, String to) {
		// A connection from a ticket checks the id of the ticket again after it was added
		this.tickets.forEach((issued) -> issued.renameSession(from, to));
		this.bySession.rename(from, to);
	}

	/**
	 * End the connections that were opened with a session, including connections that are
	 * just about to open. Returns at once.
	 * @param id the id of the session
	 */
	public void endSession(String id) {
		endNow(id);
		this.threads.scheduleUnlessStopped(() -> endNow(id), SECOND_LOOK);
	}

	private void endNow(String id) {
		this.tickets.forEach((issued) -> issued.endSession(id));
		end(this.bySession.find(id));
	}

	/**
	 * End connections that were opened without a session. Returns at once.
	 * @param user the name of the user
	 * @param condition selects the user's connections by their principal
	 */
	public void endSessionless(String user, Predicate<Principal> condition) {
		this.tickets.forEach((issued) -> issued.endLogins(user,
				(login) -> login.sessionId() == null && condition.test(login.principal())));
		end(this.sessionless.find(user), condition);
	}

	/**
	 * End connections of a user, with any session or without one. Returns at once.
	 * @param user the name of the user
	 * @param condition selects the user's connections by their principal
	 */
	public void endLogins(String user, Predicate<Principal> condition) {
		this.tickets.forEach((issued) -> issued.endLogins(user, (login) -> condition.test(login.principal())));
		end(this.byUser.find(user), condition);
	}

	private static void end(List<Connection> connections, Predicate<Principal> condition) {
		end(connections.stream().filter((connection) -> {
			Principal principal = connection.webSocket().principal();
			return principal != null && condition.test(principal);
		}).toList());
	}

	private static void end(List<Connection> connections) {
		connections.forEach((connection) -> connection.eviction().revoke(ENDED));
	}

}
