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

package io.nexios.ws;

/**
 * An endpoint, written as one sequential method: accept or reject the handshake, then
 * receive and send until either side closes.
 * <p>
 * The handler runs on its own thread (a virtual thread on JDK 21 and above) and may
 * block. If it returns, the connection is closed with 1000. If it throws, the connection
 * is closed with 1011, or with the code of a {@link WebSocketException}. If it returns or
 * throws before the handshake is decided, the client gets an HTTP error and no
 * connection.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface WSHandler {

	/**
	 * Serve one connection from its handshake to its end.
	 * @param ws the connection, for this call only
	 * @throws Exception any failure, which ends the connection
	 */
	void handle(WebSocket ws) throws Exception;

}
