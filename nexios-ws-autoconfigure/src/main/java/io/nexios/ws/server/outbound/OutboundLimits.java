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

package io.nexios.ws.server.outbound;

import java.time.Duration;

import io.nexios.ws.OverflowPolicy;

/**
 * The limits of sent messages that wait for peers.
 *
 * @param maxBytes the bytes of messages of one connection
 * @param maxMessages the number of messages of one connection
 * @param maxAge how long a message may wait
 * @param totalMaxBytes the bytes of messages of all connections together
 * @param overflow what happens to a message above {@code maxBytes} or {@code maxMessages}
 * @author Nexios Team
 */
public record OutboundLimits(int maxBytes, int maxMessages, Duration maxAge, long totalMaxBytes,
		OverflowPolicy overflow) {

}
