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

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.nexios.ws.routing.Route;
import io.nexios.ws.routing.RouteMatch;
import io.nexios.ws.routing.RouteTable;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionFactory;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ConnectionSweeper;
import io.nexios.ws.server.connection.EventSink;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.connection.ServerSettings;
import io.nexios.ws.server.handler.HandlerExtensions;
import io.nexios.ws.server.handler.HandlerRun;
import io.nexios.ws.server.handler.HandlerScope;
import io.nexios.ws.server.handler.HandshakeFailures;
import io.nexios.ws.server.handler.LateLogin;
import io.nexios.ws.server.handler.ServerWebSocket;
import io.nexios.ws.server.handshake.HandshakeAttributes;
import io.nexios.ws.server.handshake.HandshakeCheck;
import io.nexios.ws.server.handshake.HandshakeRequest;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.handshake.RefusalLog;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.login.LoginExpiry;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.ContainerUpgrade;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * The routes of an application and all connections to them.
 *
 * @author Nexios Team
 */
public final class WebSocketServer implements AutoCloseable {

	private static final int ID_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final ServerEnvironment environment;

	private final HandshakeCheck handshakeCheck;

	private final ConnectionFactory guards;

	private final RouteTable routes;

	private final HandshakeFailures rejections;

	private final HandlerExtensions extensions;

	private final List<ContainerUpgrade> containers;

	private final RefusalLog refusals = new RefusalLog();

	private final LateLogin lateLogin;

	private volatile @Nullable ContainerUpgrade container;

	private volatile boolean draining;

	/**
	 * Create a server.
	 * @param environment what all connections share
	 * @param routes the routes
	 * @param extensions what the application adds
	 * @param containers the containers that can be dealt with, the preferred ones first
	 */
	public WebSocketServer(ServerEnvironment environment, RouteTable routes, HandlerExtensions extensions,
			List<ContainerUpgrade> containers) {
		this.environment = environment;
		this.routes = routes;
		this.rejections = new HandshakeFailures(environment.json(), extensions.failures());
		this.handshakeCheck = new HandshakeCheck(environment.json());
		this.extensions = extensions;
		this.containers = List.copyOf(containers);
		this.guards = ConnectionFactory.of(environment);
		this.lateLogin = new LateLogin(environment, extensions, this.refusals);
		new ConnectionSweeper(environment, this.guards.load(), System::nanoTime).start();
	}

	/**
	 * Return what answers the handshakes.
	 * @return the strategy to register with Spring
	 */
	public RequestUpgradeStrategy upgradeStrategy() {
		return new NexiosUpgradeStrategy(this);
	}

	/**
	 * Return what refuses handshakes that are none.
	 * @return the interceptor to register with Spring, before all others
	 */
	public HandshakeCheck handshakeCheck() {
		return this.handshakeCheck;
	}

	/**
	 * Find the route of a request.
	 * @param request the request
	 * @return the route, or {@code null} if there is none
	 */
	public @Nullable RouteMatch match(HttpServletRequest request) {
		return this.routes.match(HandshakeRequest.path(request));
	}

	/**
	 * Return the routes.
	 * @return the routes
	 */
	public RouteTable routes() {
		return this.routes;
	}

	void setDraining(boolean draining) {
		this.draining = draining;
	}

	/**
	 * Return whether a handshake is refused.
	 * @return the reason, or {@code null} if it is not
	 */
	@Nullable Refusal refusal() {
		if (this.draining) {
			return Refusal.STOPPING;
		}
		return this.guards.load().budget().isExceeded() ? Refusal.OVERLOADED : null;
	}

	Admission admission() {
		return this.guards.admission();
	}

	/**
	 * Return how much there is to do.
	 * @return a snapshot
	 */
	public ServerLoad load() {
		return new ServerLoad(this.draining, connections().size(), this.guards.handshakes().size(),
				this.guards.load().budget().used(), settings().outbound().totalMaxBytes());
	}

	RefusalLog refusals() {
		return this.refusals;
	}

	ServerObserver observer() {
		return this.environment.observer();
	}

	JsonCodec json() {
		return this.environment.json();
	}

	ConnectionRegistry connections() {
		return this.environment.connections();
	}

	ServerThreads threads() {
		return this.environment.threads();
	}

	EventSink events() {
		return this.environment.events();
	}

	ServerSettings settings() {
		return this.environment.settings();
	}

	Connection newConnection(Route route, Admission.Ticket ticket) {
		byte[] id = new byte[ID_BYTES];
		this.random.nextBytes(id);
		return new Connection(HexFormat.of().formatHex(id), route.path(), this.environment, this.guards, ticket);
	}

	/**
	 * Start the handler of a connection, on the thread of the request.
	 * @param connection the connection
	 * @param request the request
	 * @param match the route
	 * @param attributes the attributes of the connection
	 * @param session the session of the request, if it has one
	 */
	void startHandler(Connection connection, HandshakeRequest request, RouteMatch match, Map<String, Object> attributes,
			@Nullable HttpSession session) {
		ServerWebSocket ws = new ServerWebSocket(connection, request, match, attributes, this.environment,
				this.lateLogin);
		connection.setWebSocket(ws);
		Instant expiresAt = LoginExpiry.earliest(this.extensions.expiries(), request.principal());
		if (LoginExpiry.isOver(expiresAt)) {
			connection.refused(HttpReply.of(HttpStatus.UNAUTHORIZED));
			return;
		}
		HandshakeAttributes ofRequest = HandshakeAttributes.ofCurrentRequest();
		connection.setRequestAttributes(ofRequest);
		HandlerScope scope = HandlerScope.capture(ws, match.route().path(), this.extensions).within(ofRequest);
		ws.setScope(scope);
		HandlerRun run = new HandlerRun(match.route().handler(), connection, ws, scope, this.rejections);
		this.environment.threads().executeHandler(run.inContexts());
		// Not before: nothing ends a connection whose handler has not been started
		LoginExpiry.start(expiresAt, connection, this.environment.threads());
		SessionConnections sessions = this.extensions.sessions();
		if (sessions != null) {
			sessions.add(connection, request.principal(), session);
		}
	}

	/**
	 * Return the container that runs the application. The classpath does not tell, and at
	 * start there may be none, as in tests with a mock web environment.
	 * @param context the application's context
	 * @return what upgrades in that container
	 */
	ContainerUpgrade container(ServletContext context) {
		ContainerUpgrade container = this.container;
		if (container == null) {
			container = this.containers.stream()
				.filter((candidate) -> candidate.supports(context))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("No WebSocket support in this servlet container"));
			this.container = container;
		}
		return container;
	}

	@Override
	public void close() {
		this.environment.threads().close();
	}

}
