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

import io.nexios.ws.WSMessage;

/**
 * Gets the messages of a connection one after the other, on threads of the server.
 *
 * @author Nexios Team
 */
interface ConsumerTarget {

	/**
	 * A message arrived.
	 * @param message a text or a binary message
	 * @throws Exception any failure, which ends the connection
	 */
	void message(WSMessage message) throws Exception;

	/**
	 * The connection has ended. Called once and last, only if the connection was open.
	 * @param code the close code
	 * @throws Exception any failure, which is logged
	 */
	void ended(int code) throws Exception;

	/**
	 * No other method will be called any more. This is called even if the connection was
	 * never open.
	 */
	void released();

}
