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

package io.nexios.ws.server.connection;

import java.util.function.Function;

import io.nexios.ws.WebSocket;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.outbound.OutboundBudget;

/**
 * Creates the connections of a server, and holds the limits for all of them together.
 *
 * @author Nexios Team
 */
public final class ConnectionFactory {

	private final OutboundBudget budget;

	private final PendingHandshakes pending;

	private final Admission admission;

	private final ConnectionIds ids;

	private final Connection.Shared shared;

	/**
	 * Create a factory, and start to shed load.
	 * @param environment the objects that all connections share
	 * @param registry gets the open connections
	 */
	public ConnectionFactory(ServerEnvironment environment, ConnectionRegistry registry) {
		ServerSettings settings = environment.settings();
		this.budget = new OutboundBudget(settings.outbound().totalMaxBytes());
		this.pending = new PendingHandshakes(settings.acceptTimeout(), environment.threads());
		this.admission = new Admission(settings.limits(), environment.rateLimiters());
		this.ids = environment.ids();
		this.shared = new Connection.Shared(environment, this.pending, this.budget, registry::add, registry::remove);
		new LoadShedding(this.budget, registry, environment.threads());
	}

	/**
	 * Create a connection whose handshake is undecided.
	 * @param route the path of its route
	 * @param ticket its place in the limits
	 * @param view creates its public side
	 * @return the connection
	 */
	public Connection create(String route, Admission.Ticket ticket, Function<Connection, WebSocket> view) {
		return create(this.ids.ofConnection(), route, ticket, view);
	}

	Connection create(String id, String route, Admission.Ticket ticket, Function<Connection, WebSocket> view) {
		return new Connection(id, route, this.shared, ticket, view);
	}

	public OutboundBudget budget() {
		return this.budget;
	}

	public PendingHandshakes pending() {
		return this.pending;
	}

	public Admission admission() {
		return this.admission;
	}

}
