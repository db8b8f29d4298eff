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

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionFactory;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.handshake.HandshakeAttributes;
import io.nexios.ws.server.handshake.HandshakeRequest;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.handshake.RefusalLog;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.login.LoginExpiry;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.server.routing.RouteMatch;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Starts the handler of a connection. Runs on the request's thread. The handler gets the
 * contexts of the application, and the connection is bound to the user's login.
 *
 * @author Nexios Team
 */
public final class HandlerStarter {

	private final ServerEnvironment environment;

	private final ConnectionRegistry registry;

	private final ConnectionFactory connections;

	private final HandlerExtensions extensions;

	private final HandshakeFailures failures;

	private final LateLogin lateLogin;

	/**
	 * Create a starter.
	 * @param environment the objects that all connections share
	 * @param registry the open connections
	 * @param connections creates connections
	 * @param extensions the extensions of the application
	 * @param refusals logs handshakes that are refused
	 */
	public HandlerStarter(ServerEnvironment environment, ConnectionRegistry registry, ConnectionFactory connections,
			HandlerExtensions extensions, RefusalLog refusals) {
		this.environment = environment;
		this.registry = registry;
		this.connections = connections;
		this.extensions = extensions;
		this.failures = new HandshakeFailures(environment.json(), extensions.failures());
		this.lateLogin = new LateLogin(environment, extensions, refusals);
	}

	/**
	 * Create the connection of a request.
	 * @param request the request
	 * @param match its route
	 * @param attributes the attributes of the connection, which are copied
	 * @param ticket its place in the limits
	 * @return the connection, whose handshake is undecided
	 */
	public Connection connection(HandshakeRequest request, RouteMatch match, Map<String, Object> attributes,
			Admission.Ticket ticket) {
		Map<String, Object> own = new ConcurrentHashMap<>();
		attributes.forEach((name, value) -> {
			if (value != null) {
				own.put(name, value);
			}
		});
		return this.connections.create(match.route().path(), ticket, (connection) -> new ServerWebSocket(connection,
				request, match, own, this.registry, this.environment, this.lateLogin));
	}

	/**
	 * Start the handler.
	 * @param connection the connection, which this starter has created
	 * @param request the request
	 * @param match its route
	 * @param session the session of the request, if it has one
	 * @throws java.util.concurrent.RejectedExecutionException if there is no thread for
	 * it
	 */
	public void start(Connection connection, HandshakeRequest request, RouteMatch match,
			@Nullable HttpSession session) {
		ServerWebSocket ws = (ServerWebSocket) connection.webSocket();
		connection.observer().handshakeStarted(ws);
		Instant expiresAt = LoginExpiry.earliest(this.extensions.expiries(), request.principal());
		if (LoginExpiry.isOver(expiresAt)) {
			connection.refused(HttpReply.of(HttpStatus.UNAUTHORIZED));
			return;
		}
		HandshakeAttributes ofRequest = HandshakeAttributes.ofCurrentRequest();
		connection.setRequestAttributes(ofRequest);
		HandlerScope scope = HandlerScope.capture(ws, match.route().path(), this.extensions).within(ofRequest);
		ws.setScope(scope);
		HandlerRun run = new HandlerRun(match.route().handler(), connection, ws, scope, this.failures,
				this.environment.throttle());
		this.environment.threads().executeHandler(run.inContexts());
		// Only after the start: nothing ends a connection whose handler was not started
		LoginExpiry.start(expiresAt, connection, this.environment.threads());
		SessionConnections sessions = this.extensions.sessions();
		if (sessions != null) {
			sessions.add(connection, request.principal(), session);
		}
	}

}
