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

import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.limit.Limit;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;

/**
 * Ends a connection that may not stay, in any of its states.
 *
 * @author Nexios Team
 */
public final class Eviction {

	private final Connection connection;

	private final Handshake handshake;

	Eviction(Connection connection, Handshake handshake) {
		this.connection = connection;
		this.handshake = handshake;
	}

	/**
	 * Close the connection, because its peer may not stay connected. If the handshake is
	 * undecided, reject it.
	 * @param status a code and reason that can be sent in a close frame
	 */
	public void revoke(CloseStatus status) {
		if (!this.connection.tryReject(HttpReply.of(HttpStatus.UNAUTHORIZED))) {
			this.connection.close(status);
		}
	}

	/**
	 * End the connection, because too many bytes wait for the peer outside the outbound
	 * queue. The overflow policy does not matter. If the handshake is undecided, answer
	 * it with 503. If it is accepted but the connection is not open, do not open it.
	 */
	public void tooSlow() {
		if (this.handshake.giveUp()) {
			return;
		}
		this.connection.notOpened();
		OpenConnection open = this.connection.open();
		if (open != null) {
			open.overflowed(Limit.OUTBOUND_BYTES);
		}
	}

	/**
	 * Drop the connection, because there is no time left to close it.
	 * @param status the code and reason of its end, unless it is ending already
	 */
	public void cutOff(CloseStatus status) {
		OpenConnection open = this.connection.open();
		if (open != null) {
			open.closing().cutOff(status);
		}
	}

}
