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

import java.nio.ByteBuffer;

import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.lifecycle.LastActivity;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.Transport;
import io.nexios.ws.spi.RateLimiters;

import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

/**
 * Gets the container's reports about a connection. It opens the connection, and passes
 * arriving data to the {@link OpenConnection}.
 *
 * @author Nexios Team
 */
final class ContainerSide implements ConnectionCallbacks {

	private final ConnectionContext context;

	private final Handshake handshake;

	private final LastActivity activity;

	private final OutboundBudget budget;

	private final RateLimiters rateLimiters;

	private final Runnable register;

	private final Runnable unregister;

	/**
	 * Create the container's side.
	 * @param context the objects that the parts of the connection share
	 * @param handshake the handshake, which leads to the open connection
	 * @param activity records the time of the last activity
	 * @param budget counts the bytes that wait for all peers together
	 * @param rateLimiters create rate limiters
	 * @param register run before the connection opens
	 * @param unregister run if the connection has opened too late
	 */
	ContainerSide(ConnectionContext context, Handshake handshake, LastActivity activity, OutboundBudget budget,
			RateLimiters rateLimiters, Runnable register, Runnable unregister) {
		this.context = context;
		this.handshake = handshake;
		this.activity = activity;
		this.budget = budget;
		this.rateLimiters = rateLimiters;
		this.register = register;
		this.unregister = unregister;
	}

	@Override
	public void opened(Transport transport) {
		AcceptanceSpec spec = this.handshake.spec();
		Assert.state(spec != null, "The container has opened a connection that was not accepted");
		OpenConnection open = new OpenConnection(this.context, this.activity, transport, spec, this.rateLimiters,
				this.budget);
		this.handshake.opening(open);
		this.context.end().opening();
		// Before the state is OPEN. Otherwise the end could come first, and the entry
		// would stay
		this.register.run();
		if (this.context.lifecycle().opened()) {
			this.context.end().opened();
			this.handshake.opened();
		}
		else {
			this.unregister.run();
			open.closing().openedTooLate();
		}
	}

	@Override
	public void text(String part, boolean last) {
		open().text(part, last);
	}

	@Override
	public void binary(ByteBuffer part, boolean last) {
		open().binary(part, last);
	}

	@Override
	public void pong(ByteBuffer payload) {
		open().pong(payload);
	}

	@Override
	public void peerClosed(CloseStatus status) {
		open().closing().peerClosed(status);
	}

	@Override
	public void closed(CloseStatus status) {
		OpenConnection open = this.handshake.open();
		if (open != null) {
			open.closing().closed(status);
		}
	}

	private OpenConnection open() {
		OpenConnection open = this.handshake.open();
		Assert.state(open != null, "The connection has not been opened");
		return open;
	}

}
