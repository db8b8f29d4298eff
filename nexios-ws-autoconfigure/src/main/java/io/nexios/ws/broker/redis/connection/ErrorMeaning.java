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

import java.util.Arrays;
import java.util.List;

/**
 * What an error of Redis means.
 *
 * @author Nexios Team
 */
public enum ErrorMeaning {

	/**
	 * The connection is of no use any more. Nothing was executed. Another connection may
	 * succeed: the server has become a replica, has restarted, has become a part of a
	 * Cluster, or does not know the user of this connection any more.
	 */
	CONNECTION("READONLY", "MASTERDOWN", "LOADING", "NOAUTH", "CLUSTERDOWN", "MOVED", "ASK"),

	/**
	 * The scripts were removed. Nothing was executed.
	 */
	SCRIPTS("NOSCRIPT"),

	/**
	 * Nothing was executed. The memory or the disk of Redis, or the number of its
	 * replicas, allows no write at this moment.
	 */
	WRITES("OOM", "MISCONF", "NOREPLICAS"),

	/**
	 * A permission is missing. A script may have done a part of its work.
	 */
	PERMISSION("NOPERM"),

	/**
	 * Nothing was executed of this request. Others may succeed.
	 */
	REQUEST("WRONGTYPE", "BUSY", "CROSSSLOT"),

	/**
	 * Nothing is known. A script may have failed in the middle.
	 */
	UNCLEAR;

	private final List<String> codes;

	ErrorMeaning(String... codes) {
		this.codes = List.of(codes);
	}

	/**
	 * Return what an error means.
	 * @param error the error
	 * @return its meaning
	 */
	public static ErrorMeaning of(RedisErrorException error) {
		String code = error.code();
		return Arrays.stream(values()).filter((meaning) -> meaning.codes.contains(code)).findFirst().orElse(UNCLEAR);
	}

	/**
	 * Return whether a request with this error has done nothing.
	 * @param error the error
	 * @return whether this is known
	 */
	public static boolean isNothingDone(RedisErrorException error) {
		ErrorMeaning meaning = of(error);
		boolean inScript = String.valueOf(error.getMessage()).contains(" script");
		return meaning != UNCLEAR && (meaning != PERMISSION || !inScript);
	}

}
