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

package io.nexios.ws.broker.redis.connection;

/**
 * There is no connection, or it has ended before Redis has answered.
 *
 * @author Nexios Team
 */
public final class ConnectionLostException extends RuntimeException {

	private final boolean sent;

	/**
	 * Create an exception for a request that may have been sent.
	 * @param reason why the connection has ended
	 */
	public ConnectionLostException(String reason) {
		this(reason, true);
	}

	private ConnectionLostException(String reason, boolean sent) {
		super(reason);
		this.sent = sent;
	}

	/**
	 * Create an exception for a request that was not sent.
	 * @param reason why there is no connection
	 * @return the exception
	 */
	public static ConnectionLostException notSent(String reason) {
		return new ConnectionLostException(reason, false);
	}

	/**
	 * Return whether the request may have been executed, or may still be executed.
	 * @return {@code false} if it was not sent
	 */
	public boolean mayBeExecuted() {
		return this.sent;
	}

}
