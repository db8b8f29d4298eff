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

package io.nexios.ws;

/**
 * Thrown by receiving and sending when the connection has ended.
 * <p>
 * This exception is control flow and not a failure. It has no stack trace. A handler that
 * does not catch it ends without a log line.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public class WebSocketDisconnect extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int code;

	private final String reason;

	/**
	 * Create an exception for the end of a connection.
	 * @param code the close code
	 * @param reason the close reason, possibly empty
	 */
	public WebSocketDisconnect(int code, String reason) {
		super("WebSocket disconnected with code " + code, null, false, false);
		this.code = code;
		this.reason = reason;
	}

	/**
	 * Return the close code. If the application closed first, it is the application's
	 * code. Otherwise it is the peer's code, 1000 if the peer gave none, or 1006 if the
	 * peer vanished.
	 * @return the close code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return the close reason.
	 * @return the close reason, possibly empty
	 */
	public String reason() {
		return this.reason;
	}

}
