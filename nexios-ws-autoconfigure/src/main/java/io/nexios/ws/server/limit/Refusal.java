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
 * Why a handshake is refused whatever its handler says.
 *
 * @author Nexios Team
 */
public enum Refusal {

	/**
	 * The server is stopping.
	 */
	STOPPING(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping"),

	/**
	 * More is waiting for all peers together than may.
	 */
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The server is overloaded"),

	/**
	 * There are as many handlers as there may be threads.
	 */
	THREADS(HttpStatus.SERVICE_UNAVAILABLE, "The server is overloaded"),

	/**
	 * There are as many connections as there may be.
	 */
	CONNECTIONS(HttpStatus.SERVICE_UNAVAILABLE, "Too many connections"),

	/**
	 * There are as many connections from one address as there may be.
	 */
	ADDRESS_CONNECTIONS(HttpStatus.TOO_MANY_REQUESTS, "Too many connections from this address"),

	/**
	 * There are as many connections of one user as there may be.
	 */
	USER_CONNECTIONS(HttpStatus.TOO_MANY_REQUESTS, "Too many connections of this user"),

	/**
	 * As many handshakes wait for their handlers as may.
	 */
	UNDECIDED_HANDSHAKES(HttpStatus.SERVICE_UNAVAILABLE, "Too many handshakes at a time"),

	/**
	 * More handshakes come in a second than may.
	 */
	HANDSHAKE_RATE(HttpStatus.SERVICE_UNAVAILABLE, "Too many handshakes");

	private final HttpStatus status;

	private final String detail;

	Refusal(HttpStatus status, String detail) {
		this.status = status;
		this.detail = detail;
	}

	/**
	 * Return the HTTP status that says so.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Return what the client is told.
	 * @return a sentence that leaks nothing
	 */
	public String detail() {
		return this.detail;
	}

}
