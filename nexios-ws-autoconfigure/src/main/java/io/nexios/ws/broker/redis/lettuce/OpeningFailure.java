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

package io.nexios.ws.broker.redis.lettuce;

import org.jspecify.annotations.Nullable;

/**
 * Says why a connection could not be opened.
 *
 * @author Nexios Team
 */
final class OpeningFailure {

	private OpeningFailure() {
	}

	/**
	 * Return the reason.
	 * @param failure the failure, with causes that say more
	 * @return the reason
	 */
	static String reason(Throwable failure) {
		String first = message(failure);
		String last = message(root(failure));
		if (isUnknownProtocol(last)) {
			return "Redis is too old: 7.0 or newer is needed";
		}
		return first.contains(last) ? first : first + ": " + last;
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
			root = cause;
		}
		return root;
	}

	private static String message(Throwable failure) {
		@Nullable String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	// Before 6.0 there was no HELLO
	private static boolean isUnknownProtocol(String message) {
		return message.startsWith("NOPROTO") || message.contains("unknown command `HELLO`");
	}

}
