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

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.server.inbound.InboundQueue;
import io.nexios.ws.server.lifecycle.LastActivity;
import io.nexios.ws.server.lifecycle.Lifecycle;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.transport.OutboundFrame;

/**
 * Sends messages on a connection, for its handler and for senders to its groups.
 *
 * @author Nexios Team
 */
final class Sender {

	private final ConnectionContext context;

	private final Lifecycle lifecycle;

	private final LastActivity activity;

	private final OutboundBudget budget;

	Sender(ConnectionContext context, LastActivity activity, OutboundBudget budget) {
		this.context = context;
		this.lifecycle = context.lifecycle();
		this.activity = activity;
		this.budget = budget;
	}

	/**
	 * Send a message. The handler's thread waits for room, and writes the message itself
	 * if no received message waits for the handler.
	 * @param open the connection
	 * @param frame the message
	 * @throws WebSocketDisconnect if the connection has ended. After a close by the peer,
	 * it is not thrown as long as messages wait for the handler: the handler receives
	 * them first.
	 */
	void send(OpenConnection open, OutboundFrame frame) {
		this.activity.happened();
		InboundQueue inbound = open.inbound().queue();
		boolean handler = this.context.receiver().isHandlerThread();
		boolean inline = handler && !inbound.hasMessages();
		boolean sendable = isOpen() || (handler && inbound.isAnswering());
		if (sendable && open.outbound().send(frame, handler, inline)) {
			this.budget.check();
			return;
		}
		if (this.lifecycle.state() != State.PEER_CLOSED || !inbound.hasMessages()) {
			WSMessage.Disconnect end = this.context.end().disconnect();
			throw new WebSocketDisconnect(end.code(), end.reason());
		}
	}

	/**
	 * Send without waiting, on any thread.
	 * @param open the connection
	 * @param frame the message
	 * @return whether the connection is open
	 */
	boolean offer(OpenConnection open, OutboundFrame frame) {
		this.activity.happened();
		boolean sent = isOpen() && open.outbound().send(frame, false, false);
		this.budget.check();
		return sent;
	}

	private boolean isOpen() {
		return this.lifecycle.state() == State.OPEN;
	}

}
