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

package io.nexios.ws.server.log;

import org.apache.commons.logging.Log;

/**
 * Logs exceptions of the application. An exception is code of the application itself: its
 * method {@code getMessage()} may fail.
 *
 * @author Nexios Team
 */
public final class FailureLog {

	private FailureLog() {
	}

	public static void error(Log logger, String line, Throwable failure) {
		try {
			logger.error(line, failure);
		}
		catch (Throwable ex) {
			logger.error(line + ": " + failure.getClass().getName() + ", which cannot be logged: "
					+ ex.getClass().getName());
		}
	}

}
