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
 * The settings that apply to every connection.
 *
 * @param acceptTimeout the time in which a handler has to decide a handshake
 * @param maxMessageSize the largest message received, in bytes
 * @param compression whether permessage-deflate is negotiated
 * @param inbound the limits of messages that wait for handlers
 * @param outbound the limits of messages that wait for peers
 * @param heartbeat how vanished peers are detected
 * @param close the time limits of a close
 * @param handlerMaxThreads the maximum number of handlers at a time without virtual
 * threads
 * @param limits the limits for peers
 * @param channelExpires the time without activity after which channels expire, or
 * {@code null} for never
 * @author Nexios Team
 */
public record ServerSettings(Duration acceptTimeout, int maxMessageSize, boolean compression, InboundLimits inbound,
		OutboundLimits outbound, Heartbeat heartbeat, Close close, int handlerMaxThreads, PeerLimits limits,
		@Nullable Duration channelExpires) {

	/**
	 * How vanished peers are detected.
	 *
	 * @param interval the time between two pings, 0 for none
	 * @param timeout the time after a ping in which data has to arrive from the peer
	 */
	public record Heartbeat(Duration interval, Duration timeout) {

	}

	/**
	 * The time limits of a close. When one is over, the connection is dropped.
	 *
	 * @param timeout the time after the last progress: bytes that the container took for
	 * the peer, or input from it
	 * @param maxTime the total time
	 */
	public record Close(Duration timeout, Duration maxTime) {

	}

}
