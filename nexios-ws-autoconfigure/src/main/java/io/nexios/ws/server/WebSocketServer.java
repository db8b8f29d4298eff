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

import java.util.List;

import io.nexios.ws.server.connection.ConnectionFactory;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ConnectionSweeper;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.handler.HandlerExtensions;
import io.nexios.ws.server.handler.HandlerStarter;
import io.nexios.ws.server.handshake.HandshakeCheck;
import io.nexios.ws.server.handshake.HandshakeRequest;
import io.nexios.ws.server.handshake.RefusalLog;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.routing.RouteMatch;
import io.nexios.ws.server.routing.RouteTable;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.ContainerUpgrade;
import io.nexios.ws.server.transport.ContainerUpgrades;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Serves the routes of an application. It creates the objects that answer handshakes,
 * knows whether handshakes are refused, and gives access to the connections.
 *
 * @author Nexios Team
 */
public final class WebSocketServer implements AutoCloseable {

	private final ServerEnvironment environment;

	private final ConnectionRegistry connections;

	private final ConnectionFactory factory;

	private final RouteTable routes;

	private final HandshakeCheck handshakeCheck;

	private final NexiosUpgradeStrategy upgradeStrategy;

	private volatile boolean draining;

	/**
	 * Create a server.
	 * @param environment the objects that all connections share
	 * @param connections gets the open connections
	 * @param routes the routes
	 * @param extensions the extensions of the application
	 * @param containers the supported containers, the preferred ones first
	 */
	public WebSocketServer(ServerEnvironment environment, ConnectionRegistry connections, RouteTable routes,
			HandlerExtensions extensions, List<ContainerUpgrade> containers) {
		this.environment = environment;
		this.connections = connections;
		this.factory = new ConnectionFactory(environment, connections);
		this.routes = routes;
		this.handshakeCheck = new HandshakeCheck(environment.json());
		RefusalLog refusals = new RefusalLog();
		this.upgradeStrategy = new NexiosUpgradeStrategy(environment, routes, this::refusal, this.factory.admission(),
				refusals, new HandlerStarter(environment, connections, this.factory, extensions, refusals),
				new ContainerUpgrades(containers));
		new ConnectionSweeper(environment, connections, this.factory.budget(), System::nanoTime).start();
	}

	/**
	 * Return the strategy that answers handshakes.
	 * @return the strategy to register with Spring
	 */
	public RequestUpgradeStrategy upgradeStrategy() {
		return this.upgradeStrategy;
	}

	/**
	 * Return the check that refuses requests that cannot be upgraded.
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

	/**
	 * Return the load of the server.
	 * @return a snapshot
	 */
	public ServerLoad load() {
		return new ServerLoad(this.draining, this.connections.size(), this.factory.pending().size(),
				this.factory.budget().used(), this.environment.settings().outbound().totalMaxBytes());
	}

	private @Nullable Refusal refusal() {
		if (this.draining) {
			return Refusal.STOPPING;
		}
		return this.factory.budget().isExceeded() ? Refusal.OVERLOADED : null;
	}

	// For ConnectionDrain

	void setDraining(boolean draining) {
		this.draining = draining;
	}

	ConnectionRegistry connections() {
		return this.connections;
	}

	ServerThreads threads() {
		return this.environment.threads();
	}

	EventSink events() {
		return this.environment.events();
	}

	@Override
	public void close() {
		this.environment.threads().close();
	}

}
