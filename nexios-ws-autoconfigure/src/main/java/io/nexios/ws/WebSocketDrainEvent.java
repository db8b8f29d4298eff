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
 * The server is stopping: handshakes are refused, and connections are about to be closed
 * with 1001. Published to Spring's event listeners once, on a thread of its own. What a
 * listener sends before it returns, to a group for instance, still reaches every
 * connection, if it returns within a quarter of the time.
 *
 * @param timeout how long connections and handlers have altogether
 * @author Nexios Team
 * @since 0.1.0
 */
public record WebSocketDrainEvent(Duration timeout) {

}
