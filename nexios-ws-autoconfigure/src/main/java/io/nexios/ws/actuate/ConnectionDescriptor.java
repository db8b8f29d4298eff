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

package io.nexios.ws.actuate;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;

import io.nexios.ws.server.connection.ConnectionInfo;
import io.nexios.ws.server.inbound.InboundLoad;
import io.nexios.ws.server.outbound.OutboundLoad;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a connection for operators.
 *
 * @param id the id
 * @param route the declared path of its route
 * @param since when it opened
 * @param state {@code OPEN}, {@code CLOSING}, {@code PEER_CLOSED} or {@code CLOSED}
 * @param remoteAddress the client's address and port
 * @param principal the name of the user
 * @param inbound the messages that wait for the handler
 * @param outbound the messages that wait for the peer
 * @param roundTrip the last round-trip time, or {@code null} if no ping has been answered
 * yet
 * @author Nexios Team
 * @since 0.1.0
 */
public record ConnectionDescriptor(String id, String route, Instant since, String state, @Nullable String remoteAddress,
		@Nullable String principal, InboundDescriptor inbound, OutboundDescriptor outbound,
		@Nullable Duration roundTrip) implements OperationResponseBody {

	static ConnectionDescriptor of(ConnectionInfo info) {
		return new ConnectionDescriptor(info.id(), info.route(), info.since(), info.state(),
				address(info.remoteAddress()), name(info.principal()), InboundDescriptor.of(info.inbound()),
				OutboundDescriptor.of(info.outbound()), info.roundTrip());
	}

	private static @Nullable String address(@Nullable InetSocketAddress address) {
		return (address != null) ? address.getHostString() + ":" + address.getPort() : null;
	}

	private static @Nullable String name(@Nullable Principal principal) {
		return (principal != null) ? principal.getName() : null;
	}

	/**
	 * The messages that wait for the handler.
	 *
	 * @param messages the number of messages
	 * @param bytes their size
	 * @param paused whether the server has stopped reading from the connection
	 */
	public record InboundDescriptor(int messages, int bytes, boolean paused) {

		static InboundDescriptor of(InboundLoad inbound) {
			return new InboundDescriptor(inbound.messages(), inbound.bytes(), inbound.paused());
		}

	}

	/**
	 * The messages that wait for the peer.
	 *
	 * @param messages the number of messages
	 * @param bytes their size
	 * @param age how long the oldest message has been waiting
	 */
	public record OutboundDescriptor(int messages, int bytes, Duration age) {

		static OutboundDescriptor of(OutboundLoad outbound) {
			return new OutboundDescriptor(outbound.messages(), outbound.bytes(), outbound.age());
		}

	}

}
