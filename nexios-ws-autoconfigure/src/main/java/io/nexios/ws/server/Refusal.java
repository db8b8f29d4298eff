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

package io.nexios.ws.server;

import org.springframework.http.HttpStatus;

/**
 * Why a handshake is refused before its handler is asked.
 *
 * @author Nexios Team
 * @since 0.1.0
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
	THREADS(HttpStatus.SERVICE_UNAVAILABLE, "The server is overloaded");

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
