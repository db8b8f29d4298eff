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

import java.time.Duration;

/**
 * Event for a connection that has ended. It is published to Spring's event listeners
 * exactly once for every {@link WebSocketConnectedEvent}, after all other events of the
 * connection.
 *
 * @param webSocket the connection
 * @param code the close code, 1006 if the peer vanished
 * @param reason the close reason, possibly empty
 * @param duration how long the connection was open
 * @author Nexios Team
 * @since 0.1.0
 */
public record WebSocketDisconnectedEvent(WebSocket webSocket, int code, String reason, Duration duration) {

}
