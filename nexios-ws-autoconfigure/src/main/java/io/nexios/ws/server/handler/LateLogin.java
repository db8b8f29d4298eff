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

package io.nexios.ws.server.handler;

import java.security.Principal;
import java.time.Instant;
import java.util.function.Consumer;

import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.handshake.RefusalLog;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.login.LoginExpiry;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.ticket.TicketLogin;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;

/**
 * Admits a user that the handler knows but the request does not have. It does the same
 * checks as the request's thread does for the user of a request, and refuses with the
 * same responses.
 *
 * @author Nexios Team
 */
final class LateLogin {

	private final ServerEnvironment environment;

	private final HandlerExtensions extensions;

	private final RefusalLog refusals;

	LateLogin(ServerEnvironment environment, HandlerExtensions extensions, RefusalLog refusals) {
		this.environment = environment;
		this.extensions = extensions;
		this.refusals = refusals;
	}

	/**
	 * Admit a user, before the handshake is accepted.
	 * @param connection the connection
	 * @param principal the user or the login of a ticket
	 * @param admitted gets the user
	 * @throws WebSocketDisconnect if the handshake was refused
	 */
	void admit(Connection connection, Principal principal, Consumer<Principal> admitted) {
		Principal user = (principal instanceof TicketLogin login) ? login.principal() : principal;
		checkActive(connection, principal);
		Instant expiresAt = expiresAt(principal, user);
		if (LoginExpiry.isOver(expiresAt)) {
			throw refuse(connection, HttpReply.of(HttpStatus.UNAUTHORIZED));
		}
		takePlace(connection, user);
		// Before a logout can find the connection, because the logout checks its user
		admitted.accept(user);
		LoginExpiry.start(expiresAt, connection, this.environment.threads());
		bindToLogin(connection, principal);
		// Again, because only a logout from now on finds the connection
		checkActive(connection, principal);
	}

	private @Nullable Instant expiresAt(Principal principal, Principal user) {
		Instant expiresAt = LoginExpiry.earliest(this.extensions.expiries(), user);
		return (principal instanceof TicketLogin login) ? LoginExpiry.earlier(expiresAt, login.credentialsExpireAt())
				: expiresAt;
	}

	private static void checkActive(Connection connection, Principal principal) {
		if (principal instanceof TicketLogin login && !login.isActive()) {
			throw refuse(connection, HttpReply.of(HttpStatus.UNAUTHORIZED));
		}
	}

	private void takePlace(Connection connection, Principal user) {
		Refusal refusal = connection.takePlace(user);
		if (refusal != null) {
			this.refusals.refused(refusal);
			this.environment.observer().handshakeRefused(refusal);
			throw refuse(connection, HttpReply.of(refusal, this.environment.json()));
		}
	}

	private void bindToLogin(Connection connection, Principal principal) {
		SessionConnections sessions = this.extensions.sessions();
		if (sessions != null && principal instanceof TicketLogin login) {
			sessions.add(connection, login);
		}
		else if (sessions != null) {
			sessions.add(connection, principal, null);
		}
	}

	private static WebSocketDisconnect refuse(Connection connection, HttpReply reply) {
		connection.tryReject(reply);
		return new WebSocketDisconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
	}

}
