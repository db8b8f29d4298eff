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

import org.springframework.http.HttpStatus;

/**
 * The reason why a handshake is refused independently of its handler.
 *
 * @author Nexios Team
 */
public enum Refusal {

	/**
	 * The server is stopping.
	 */
	STOPPING(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping"),

	/**
	 * More bytes are waiting for all peers together than the budget allows.
	 */
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The server is overloaded"),

	/**
	 * The maximum number of handler threads is running.
	 */
	THREADS(HttpStatus.SERVICE_UNAVAILABLE, "The server is overloaded"),

	/**
	 * The maximum number of connections is reached.
	 */
	CONNECTIONS(HttpStatus.SERVICE_UNAVAILABLE, "Too many connections"),

	/**
	 * The maximum number of connections from one address is reached.
	 */
	ADDRESS_CONNECTIONS(HttpStatus.TOO_MANY_REQUESTS, "Too many connections from this address"),

	/**
	 * The maximum number of connections of one user is reached.
	 */
	USER_CONNECTIONS(HttpStatus.TOO_MANY_REQUESTS, "Too many connections of this user"),

	/**
	 * The maximum number of handshakes is waiting for their handlers.
	 */
	UNDECIDED_HANDSHAKES(HttpStatus.SERVICE_UNAVAILABLE, "Too many handshakes at a time"),

	/**
	 * More handshakes come in a second than allowed.
	 */
	HANDSHAKE_RATE(HttpStatus.SERVICE_UNAVAILABLE, "Too many handshakes");

	private final HttpStatus status;

	private final String detail;

	Refusal(HttpStatus status, String detail) {
		this.status = status;
		this.detail = detail;
	}

	/**
	 * Return the HTTP status of the answer.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Return the detail of the answer.
	 * @return a sentence that does not reveal internals
	 */
	public String detail() {
		return this.detail;
	}

}
