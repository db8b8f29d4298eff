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

package io.nexios.ws.broker.redis.publish;

import java.util.stream.Stream;

import io.nexios.ws.broker.redis.connection.RedisErrorException;

/**
 * What an error of Redis means.
 *
 * @author Nexios Team
 */
enum Refusal {

	/**
	 * Nothing was executed. Another connection may succeed.
	 */
	CONNECTION,

	/**
	 * Nothing was executed. The memory or the disk of Redis, or the number of its
	 * replicas, allows no write at this moment.
	 */
	WRITES,

	/**
	 * Nothing was executed.
	 */
	MESSAGE,

	/**
	 * A script may have failed in the middle.
	 */
	UNCLEAR;

	static Refusal of(RedisErrorException error) {
		if (has(error, "READONLY", "LOADING", "MASTERDOWN", "NOSCRIPT")) {
			return CONNECTION;
		}
		if (has(error, "OOM", "MISCONF", "NOREPLICAS")) {
			return WRITES;
		}
		boolean inScript = String.valueOf(error.getMessage()).contains(" script");
		if (has(error, "WRONGTYPE", "BUSY", "NOAUTH") || (has(error, "NOPERM") && !inScript)) {
			return MESSAGE;
		}
		return UNCLEAR;
	}

	private static boolean has(RedisErrorException error, String... codes) {
		return Stream.of(codes).anyMatch(error::is);
	}

	/**
	 * Return the code of an error. The rest of it may contain names.
	 * @param error the error
	 * @return its first word
	 */
	static String code(RedisErrorException error) {
		return String.valueOf(error.getMessage()).split(" ", 2)[0];
	}

}
