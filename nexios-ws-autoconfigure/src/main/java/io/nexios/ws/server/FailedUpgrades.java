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

import java.io.IOException;

import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.handshake.HandshakeProblem;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.server.HandshakeFailureException;

/**
 * Answers handshakes that a handler has accepted but the container does not open.
 *
 * @author Nexios Team
 */
final class FailedUpgrades {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final JsonCodec json;

	FailedUpgrades(JsonCodec json) {
		this.json = json;
	}

	/**
	 * Answer with an error, unless the client has gone.
	 * @param failure the failure that the container reports
	 * @param connection the connection that is not opened
	 * @param response the response
	 * @throws IOException if the client has gone
	 */
	void failed(HandshakeFailureException failure, Connection connection, ServletServerHttpResponse response)
			throws IOException {
		if (failure.getCause() instanceof IOException gone) {
			throw gone;
		}
		boolean request = failure.getCause() instanceof IllegalArgumentException;
		HttpStatus status = request ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
		// Not the container's message about a bad request, because it quotes the request
		log(status, connection, request ? "" : ": " + failure.getMessage());
		HttpServletResponse servletResponse = response.getServletResponse();
		if (servletResponse.isCommitted()) {
			throw failure;
		}
		servletResponse.reset();
		(request ? HandshakeProblem.NEGOTIATION.reply(this.json) : HttpReply.of(status)).writeTo(response);
	}

	private void log(HttpStatus status, Connection connection, String reason) {
		String line = this.throttle.pass(connection.route() + status,
				"Answered " + status.value()
						+ ", because the container does not open the connection that the handler of " + connection
						+ " has accepted" + reason,
				System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

}
