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

package io.nexios.ws.server.connection;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;

import io.nexios.ws.server.inbound.InboundLoad;
import io.nexios.ws.server.outbound.OutboundLoad;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a connection for monitoring. It contains nothing that the client has
 * sent: no path, no query, no header, no message.
 *
 * @param id the connection's id
 * @param route the path of the route, as it was declared
 * @param since the time at which the connection opened
 * @param state its state: {@code OPEN}, {@code CLOSING}, {@code PEER_CLOSED} or
 * {@code CLOSED}
 * @param remoteAddress the client's address
 * @param principal the user
 * @param inbound the messages that wait for the handler
 * @param outbound the messages that wait for the peer
 * @param roundTrip the last round-trip time, or {@code null} if no ping was answered yet
 * @author Nexios Team
 */
public record ConnectionInfo(String id, String route, Instant since, String state,
		@Nullable InetSocketAddress remoteAddress, @Nullable Principal principal, InboundLoad inbound,
		OutboundLoad outbound, @Nullable Duration roundTrip) {

}
