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

package io.nexios.ws.server.limit;

import org.springframework.web.socket.CloseStatus;

/**
 * A limit of an open connection. If it is exceeded, the connection is closed.
 *
 * @author Nexios Team
 */
public enum Limit {

	/**
	 * The size of a message.
	 */
	MESSAGE_SIZE(CloseStatus.TOO_BIG_TO_PROCESS, "Message too large"),

	/**
	 * The fragments of a message that are empty or one byte long.
	 */
	FRAGMENTS(CloseStatus.POLICY_VIOLATION, "Too many fragments"),

	/**
	 * The time that a message takes to arrive.
	 */
	MESSAGE_TIME(CloseStatus.POLICY_VIOLATION, "Message too slow"),

	/**
	 * The messages per second.
	 */
	MESSAGE_RATE(CloseStatus.POLICY_VIOLATION, "Too many messages"),

	/**
	 * The bytes per second.
	 */
	BYTE_RATE(CloseStatus.POLICY_VIOLATION, "Too many bytes"),

	/**
	 * The bytes that wait for the peer.
	 */
	OUTBOUND_BYTES(CloseStatus.SERVICE_OVERLOAD, "Too many bytes unread"),

	/**
	 * The messages that wait for the peer.
	 */
	OUTBOUND_MESSAGES(CloseStatus.SERVICE_OVERLOAD, "Too many messages unread"),

	/**
	 * The time that a message waits for the peer.
	 */
	OUTBOUND_AGE(CloseStatus.SERVICE_OVERLOAD, "Too slow in reading"),

	/**
	 * The bytes that wait for all peers together. This peer was among the slowest.
	 */
	OUTBOUND_TOTAL(CloseStatus.SERVICE_OVERLOAD, "Too much unread by all");

	private final CloseStatus status;

	Limit(CloseStatus status, String reason) {
		this.status = status.withReason(reason);
	}

	/**
	 * Return the status that is sent to the peer.
	 * @return the close code and a reason
	 */
	public CloseStatus status() {
		return this.status;
	}

}
