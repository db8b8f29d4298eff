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

import io.nexios.ws.server.inbound.Inbound;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.outbound.OutboundQueue;
import io.nexios.ws.server.transport.OutboundFrame;

/**
 * Checks whether something on one open connection has taken too long: its close, a
 * message that waits for the peer, a message that is arriving, or the answer to a ping.
 * Only the sweeper's thread calls it.
 *
 * @author Nexios Team
 */
final class ConnectionCheck {

	private final ConnectionContext context;

	private final Inbound inbound;

	private final OutboundQueue outbound;

	private final Heartbeat heartbeat;

	private final ConnectionClose close;

	ConnectionCheck(ConnectionContext context, Inbound inbound, OutboundQueue outbound, Heartbeat heartbeat,
			ConnectionClose close) {
		this.context = context;
		this.inbound = inbound;
		this.outbound = outbound;
		this.heartbeat = heartbeat;
		this.close = close;
	}

	/**
	 * Check whether something has taken too long.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void check(long now) {
		CloseTime closing = this.close.time();
		if (closing != null) {
			this.close.check(closing, now);
		}
		else if (this.outbound.age(now) > this.context.settings().outbound().maxAge().toNanos()) {
			this.close.tooSlow(Limit.OUTBOUND_AGE);
		}
		else if (this.context.lifecycle().state() == State.OPEN) {
			checkMessage(now);
			checkPeer(now);
		}
	}

	private void checkMessage(long now) {
		if (this.inbound.checkMessageOverdue(now, this.context.settings().limits().messageTime())) {
			// In a task, because closing runs the actions for the end
			this.context.threads().executeSurely(() -> this.close.exceeded(Limit.MESSAGE_TIME));
		}
	}

	private void checkPeer(long now) {
		if (this.heartbeat.checkDead(now, this.inbound.queue().isPaused() || this.outbound.age(now) > 0)) {
			this.close.peerVanished();
			return;
		}
		// If a message waits for the peer, its age shows whether the peer is there
		OutboundFrame ping = this.outbound.isEmpty() ? this.heartbeat.nextPing(now) : null;
		if (ping != null) {
			this.outbound.send(ping, false, false);
		}
	}

	/**
	 * Excuse some of the time that has passed: it does not count against the peer.
	 * @param unwritten the time to excuse at most for messages that wait for the peer, in
	 * nanoseconds
	 * @param unread the time to excuse at most for data that the peer has to send, in
	 * nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long unwritten, long unread, long now) {
		this.outbound.excuse(unwritten, now);
		this.heartbeat.excuse(unread, now);
		this.inbound.excuse(unread, now);
		CloseTime closing = this.close.time();
		if (closing != null) {
			closing.excuse(unread, now);
		}
	}

}
