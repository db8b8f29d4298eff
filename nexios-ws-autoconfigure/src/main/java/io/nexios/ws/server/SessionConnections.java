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

package io.nexios.ws.server;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Ends connections with the login that they were opened with: those of a user with an
 * HTTP session when the session is destroyed, those of a user without one when told so.
 * Handshakes without a user have no login to outlive. Creates no sessions.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class SessionConnections implements HttpSessionListener, HttpSessionIdListener {

	private static final CloseStatus ENDED = new CloseStatus(CloseStatus.POLICY_VIOLATION.getCode(), "Session ended");

	// A handshake may have found the session just before, and tell about it just after
	private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

	private final ConnectionIndex bySession = new ConnectionIndex();

	private final ConnectionIndex byUser = new ConnectionIndex();

	private final ServerThreads threads;

	/**
	 * Create an object to register as a listener with the servlet container.
	 * @param threads the threads of the server
	 */
	public SessionConnections(ServerThreads threads) {
		this.threads = threads;
	}

	void add(Connection connection, @Nullable Principal principal, @Nullable HttpSession session) {
		if (principal == null) {
			return;
		}
		if (session != null) {
			this.bySession.add(session.getId(), connection);
		}
		else {
			this.byUser.add(principal.getName(), connection);
		}
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		endSession(event.getSession().getId());
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
		this.bySession.rename(oldSessionId, event.getSession().getId());
	}

	/**
	 * End the connections that were opened with a session, now and those that are just
	 * about to open. Returns at once.
	 * @param id the id of the session
	 */
	public void endSession(String id) {
		end(this.bySession.find(id));
		this.threads.scheduleUnlessStopped(() -> end(this.bySession.find(id)), SECOND_LOOK);
	}

	/**
	 * End connections that were opened without a session. Returns at once.
	 * @param user the name of the user
	 * @param condition which of the user's connections, by their principal
	 */
	public void endSessionless(String user, Predicate<Principal> condition) {
		end(this.byUser.find(user).stream().filter((connection) -> {
			Principal principal = connection.webSocket().principal();
			return principal != null && condition.test(principal);
		}).toList());
	}

	private static void end(List<Connection> connections) {
		connections.forEach((connection) -> connection.revoke(ENDED));
	}

}
