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

import java.time.Duration;

import io.nexios.ws.server.inbound.InboundLimits;
import io.nexios.ws.server.limit.PeerLimits;
import io.nexios.ws.server.outbound.OutboundLimits;
import org.jspecify.annotations.Nullable;

/**
 * The limits that hold for every connection.
 *
 * @param acceptTimeout how long a handler may take to decide a handshake
 * @param maxMessageSize the largest message received, in bytes
 * @param compression whether permessage-deflate is negotiated
 * @param inbound what may wait for handlers
 * @param outbound what may wait for peers
 * @param heartbeat how peers are found that have vanished
 * @param close how long closing may take
 * @param handlerMaxThreads handlers at a time where there are no virtual threads
 * @param limits what peers may do
 * @param channelExpires after how much quiet time channels expire, {@code null} for never
 * @author Nexios Team
 */
public record ServerSettings(Duration acceptTimeout, int maxMessageSize, boolean compression, InboundLimits inbound,
		OutboundLimits outbound, Heartbeat heartbeat, Close close, int handlerMaxThreads, PeerLimits limits,
		@Nullable Duration channelExpires) {

	/**
	 * How peers are found that have vanished.
	 *
	 * @param interval the time between two pings, 0 for none
	 * @param timeout how long a peer may take to show a sign of life after a ping
	 */
	public record Heartbeat(Duration interval, Duration timeout) {

	}

	/**
	 * How long closing may take. Then the connection is dropped.
	 *
	 * @param timeout the time after the last progress: bytes that the container took for
	 * the peer, or input from it
	 * @param maxTime the time in all
	 */
	public record Close(Duration timeout, Duration maxTime) {

	}

}
