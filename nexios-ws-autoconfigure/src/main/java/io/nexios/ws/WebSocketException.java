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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thrown by a handler to close its connection with a code and a reason. Before the
 * handshake is accepted, it causes HTTP 403 instead.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public class WebSocketException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int code;

	private final String reason;

	/**
	 * Create an exception that closes the connection.
	 * @param code a code that {@link WebSocket#close(int, String)} accepts
	 * @param reason the reason, which the peer will see
	 */
	public WebSocketException(int code, String reason) {
		this(code, reason, null);
	}

	/**
	 * Create an exception that closes the connection.
	 * @param code a code that {@link WebSocket#close(int, String)} accepts
	 * @param reason the reason, which the peer will see
	 * @param cause the cause, which the peer will not see
	 */
	public WebSocketException(int code, String reason, @Nullable Throwable cause) {
		super(code + ((reason != null) ? " " + reason : ""), cause);
		Assert.notNull(reason, "'reason' must not be null");
		this.code = code;
		this.reason = reason;
	}

	/**
	 * Return the close code.
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
