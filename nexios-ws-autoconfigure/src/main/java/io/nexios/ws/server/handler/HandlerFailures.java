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
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.transport.CloseCodes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.CloseStatus;

/**
 * Closes the connection when a handler returns or fails after it has accepted. The peer
 * gets no content of a failure. Only the code and reason of a {@link WebSocketException}
 * are sent.
 *
 * @author Nexios Team
 */
final class HandlerFailures {

	private static final Log logger = LogFactory.getLog(Loggers.HANDLER);

	private static final CloseStatus NORMAL = new CloseStatus(CloseStatus.NORMAL.getCode(), "");

	private static final CloseStatus FAILED = new CloseStatus(CloseStatus.SERVER_ERROR.getCode(), "Internal error");

	private static final CloseStatus DENIED = new CloseStatus(CloseStatus.POLICY_VIOLATION.getCode(), "Access denied");

	private static final CloseStatus UNAVAILABLE = new CloseStatus(CloseStatus.SERVICE_OVERLOAD.getCode(),
			"Try again later");

	private HandlerFailures() {
	}

	static void returned(Connection connection) {
		connection.close(NORMAL);
	}

	static void failed(Connection connection, HandlerScope scope, LogThrottle<String> throttle, Throwable failure) {
		CloseStatus status = status(connection, scope, failure);
		// First, because the next steps call methods of the failure, which may fail again
		connection.close(status);
		if (status == DENIED) {
			logger.debug("Handler of " + connection + " was denied access");
		}
		else if (status == UNAVAILABLE) {
			UnavailableGroups.connectionClosed(connection, throttle, failure);
		}
		else if (status == FAILED) {
			FailureLog.error(logger, "Handler of " + connection + " failed", failure);
			connection.observer().handlerFailed(failure);
		}
	}

	private static CloseStatus status(Connection connection, HandlerScope scope, Throwable failure) {
		try {
			if (failure instanceof WebSocketDisconnect) {
				return NORMAL;
			}
			if (failure instanceof GroupsUnavailableException) {
				return UNAVAILABLE;
			}
			if (failure instanceof WebSocketException ex && CloseCodes.isSendable(ex.code())) {
				return CloseCodes.sendable(ex.code(), ex.reason());
			}
			boolean denied = scope.isDenial(failure, connection.webSocket().principal() != null);
			return denied ? DENIED : FAILED;
		}
		catch (Throwable ex) {
			FailureLog.error(logger, "Cannot find the close code for a failure of " + connection, ex);
			return FAILED;
		}
	}

}
