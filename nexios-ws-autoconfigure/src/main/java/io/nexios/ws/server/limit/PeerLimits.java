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

package io.nexios.ws.server.limit;

import java.time.Duration;

/**
 * The limits for peers. A number of 0 means no limit.
 *
 * @param connections connections at a time
 * @param connectionsPerAddress connections at a time from one address, or from one /64
 * network of IPv6
 * @param connectionsPerUser connections at a time of one user
 * @param undecidedHandshakes handshakes at a time that wait for their handlers
 * @param handshakesPerSecond handshakes each second
 * @param messagesPerSecond messages each second on one connection
 * @param bytesPerSecond bytes of messages each second on one connection
 * @param fragmentsPerMessage fragments of one message that are empty or one byte long. In
 * addition, one such fragment is allowed for every 16 bytes in longer fragments
 * @param messageTime how long one message may take to arrive
 * @param jsonDepth how deeply received JSON may be nested
 * @author Nexios Team
 */
public record PeerLimits(int connections, int connectionsPerAddress, int connectionsPerUser, int undecidedHandshakes,
		int handshakesPerSecond, int messagesPerSecond, long bytesPerSecond, int fragmentsPerMessage,
		Duration messageTime, int jsonDepth) {

}
