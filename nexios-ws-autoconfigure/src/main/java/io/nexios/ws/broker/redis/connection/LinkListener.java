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

/**
 * Is told when a {@link RedisLink} has a connection. The calls do not overlap, and must
 * not block. There are none after the link was closed.
 *
 * @param <C> the type of the connection
 * @author Nexios Team
 */
public interface LinkListener<C extends RedisConnection> {

	/**
	 * Handle a new connection that is ready for requests.
	 * @param connection the connection
	 */
	void onUp(C connection);

	/**
	 * Handle the end of the connection, or a failed attempt to open one. It comes after
	 * each {@link #onUp}, and again when a further attempt fails.
	 * @param reason why there is no connection
	 */
	void onDown(String reason);

}
