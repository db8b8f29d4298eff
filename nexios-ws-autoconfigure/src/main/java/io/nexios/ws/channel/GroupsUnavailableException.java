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

package io.nexios.ws.channel;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * The broker of the groups has failed, or has not answered in time. A channel was not
 * added, and a message was not sent. If that is not certain, it is a
 * {@link SendOutcomeUnknownException}. If nodes share their
 * {@linkplain io.nexios.ws.ticket.HandshakeTickets tickets}, a ticket was not issued or
 * not redeemed. Then the client needs a new ticket.
 * <p>
 * If a handler lets it escape, the handshake is rejected with 503, and an open connection
 * is closed with 1013 (try again later). If the {@code onReceive} of a consumer lets it
 * escape, the message that the consumer has received is dropped, and the connection stays
 * open.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public class GroupsUnavailableException extends ErrorResponseException {

	private final String message;

	/**
	 * Create an exception.
	 * @param message what failed
	 * @param cause the failure, or {@code null}
	 */
	public GroupsUnavailableException(String message, @Nullable Throwable cause) {
		super(HttpStatus.SERVICE_UNAVAILABLE, cause);
		this.message = message;
	}

	@Override
	public String getMessage() {
		return this.message;
	}

}
