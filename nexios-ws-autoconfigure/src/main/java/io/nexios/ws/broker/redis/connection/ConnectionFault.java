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

import java.util.List;

/**
 * Decides which errors of Redis mean that the whole connection is of no use any more.
 * Redis has executed nothing of a request that it answers like that, except for NOPERM: a
 * script may have done a part of its work. After a new connection was prepared, the
 * request may be sent again.
 * <ul>
 * <li>NOSCRIPT: the scripts were removed. Each new connection loads them.
 * <li>READONLY, MASTERDOWN: the server has become a replica. The primary is another one.
 * <li>LOADING: the server has restarted.
 * <li>NOAUTH: the server does not know this connection any more.
 * <li>NOPERM: permissions were taken away. The preparation of a new connection finds out,
 * so that there is a reason for what does not work.
 * <li>CLUSTERDOWN, MOVED, ASK: the server has become part of a Cluster.
 * </ul>
 * All other errors are those of one request. That includes those of a server that refuses
 * writes for a while: OOM, MISCONF and NOREPLICAS. A new connection would not help, and
 * what is not saved still works. It also includes BUSY: the server is slow, and the
 * connection ends if it is too slow.
 *
 * @author Nexios Team
 */
public final class ConnectionFault {

	private static final List<String> CODES = List.of("NOSCRIPT", "READONLY", "MASTERDOWN", "LOADING", "NOAUTH",
			"NOPERM", "CLUSTERDOWN", "MOVED", "ASK");

	private ConnectionFault() {
	}

	/**
	 * Return whether the connection has to be given up.
	 * @param error the error
	 * @return whether this is an error of the connection, and not of one request
	 */
	public static boolean is(RedisErrorException error) {
		return CODES.stream().anyMatch(error::is);
	}

}
