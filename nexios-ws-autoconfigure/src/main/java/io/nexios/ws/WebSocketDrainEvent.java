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
 * Event for a server that is stopping. Handshakes are refused, and connections are about
 * to be closed with 1001. The event is published once to Spring's event listeners, on a
 * separate thread. What a listener sends before it returns, for example to a group, still
 * reaches every connection. For this the listener has to return within a quarter of the
 * timeout.
 *
 * @param timeout the total time for connections to close and handlers to return
 * @author Nexios Team
 * @since 0.1.0
 */
public record WebSocketDrainEvent(Duration timeout) {

}
