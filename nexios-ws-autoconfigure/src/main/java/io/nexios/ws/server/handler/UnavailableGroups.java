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

import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Handles what has failed because the groups are unavailable. If a consumer has not
 * processed a message, the message is dropped and the connection stays open. If a handler
 * has failed, its connection is closed. The broker fails for all connections at the same
 * time, so the log has one line a minute for all messages, and one for all connections.
 *
 * @author Nexios Team
 */
final class UnavailableGroups {

	private static final Log logger = LogFactory.getLog(Loggers.HANDLER);

	private static final String CONSUMERS = "groups";

	private static final String HANDLERS = "groups of handlers";

	private UnavailableGroups() {
	}

	static void messageDropped(Connection connection, LogThrottle<String> throttle,
			GroupsUnavailableException failure) {
		connection.observer().messageFailed(failure);
		warn(throttle, CONSUMERS, "A message is dropped by the consumer of " + connection, failure);
	}

	static void failedAtEnd(Connection connection, LogThrottle<String> throttle, GroupsUnavailableException failure) {
		connection.observer().handlerFailed(failure);
		warn(throttle, CONSUMERS, "Consumer of " + connection + " failed at the end", failure);
	}

	static void connectionClosed(Connection connection, LogThrottle<String> throttle, Throwable failure) {
		connection.observer().handlerFailed(failure);
		warn(throttle, HANDLERS, "Handler of " + connection + " ended", failure);
	}

	private static void warn(LogThrottle<String> throttle, String subject, String line, Throwable failure) {
		String passed = throttle.pass(subject, line + ": " + failure.getMessage(), System.nanoTime());
		if (passed != null) {
			logger.warn(passed);
		}
	}

}
