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

package io.nexios.ws.server.handler;

import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.spi.FailureStatusResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;

/**
 * Converts an exception that a handler throws before it has decided the handshake into an
 * HTTP response. The client gets no content of the exception. Only the body and headers
 * of an {@link ErrorResponse} are sent.
 *
 * @author Nexios Team
 */
final class HandshakeFailures {

	private final JsonCodec json;

	private final FailureStatusResolver failures;

	HandshakeFailures(JsonCodec json, FailureStatusResolver failures) {
		this.json = json;
		this.failures = failures;
	}

	/**
	 * Find the response to an exception.
	 * @param failure the exception
	 * @param authenticated whether the request has a user
	 * @return the response, or {@code null} if the exception is a defect of the handler
	 */
	@Nullable HttpReply replyTo(Throwable failure, boolean authenticated) {
		if (failure instanceof ErrorResponse error) {
			return HttpReply.of(error.getBody(), error.getHeaders(), this.json);
		}
		if (failure instanceof WebSocketException || failure instanceof WebSocketDisconnect) {
			return HttpReply.of(HttpStatus.FORBIDDEN);
		}
		HttpStatusCode status = this.failures.resolve(failure, authenticated);
		return (status != null) ? HttpReply.of(status) : null;
	}

}
