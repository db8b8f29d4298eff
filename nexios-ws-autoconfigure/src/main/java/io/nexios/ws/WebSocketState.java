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
 * State of one side of a connection.
 *
 * @author Nexios Team
 * @since 0.1.0
 * @see WebSocket#clientState()
 * @see WebSocket#applicationState()
 */
public enum WebSocketState {

	/**
	 * The handshake has not been answered.
	 */
	CONNECTING,

	/**
	 * The handshake was accepted and this side has not closed.
	 */
	CONNECTED,

	/**
	 * This side has closed, or the connection has ended.
	 */
	DISCONNECTED,

	/**
	 * The handshake was answered with an HTTP response instead of a connection. Only the
	 * application's side has this state.
	 */
	RESPONSE

}
