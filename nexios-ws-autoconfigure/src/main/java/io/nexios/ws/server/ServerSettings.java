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

package io.nexios.ws.server;

import java.time.Duration;

import io.nexios.ws.OverflowPolicy;
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
 * @since 0.1.0
 */
public record ServerSettings(Duration acceptTimeout, int maxMessageSize, boolean compression, Inbound inbound,
		Outbound outbound, Heartbeat heartbeat, Close close, int handlerMaxThreads, Limits limits,
		@Nullable Duration channelExpires) {

	/**
	 * What was received on a connection and may wait for its handler.
	 *
	 * @param maxMessages messages
	 * @param maxBytes bytes of messages
	 */
	public record Inbound(int maxMessages, int maxBytes) {

	}

	/**
	 * What was sent and may wait for the peer.
	 *
	 * @param maxBytes bytes of messages of one connection
	 * @param maxMessages messages of one connection
	 * @param maxAge how long a message may wait
	 * @param totalMaxBytes bytes of messages of all connections together
	 * @param overflow what happens to a message beyond {@code maxBytes} or
	 * {@code maxMessages}
	 */
	public record Outbound(int maxBytes, int maxMessages, Duration maxAge, long totalMaxBytes,
			OverflowPolicy overflow) {

	}

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

	/**
	 * What peers may do. A number of 0 stands for no limit.
	 *
	 * @param connections connections at a time
	 * @param connectionsPerAddress connections at a time from one address, or from one
	 * /64 network of IPv6
	 * @param connectionsPerUser connections at a time of one user
	 * @param undecidedHandshakes handshakes at a time that wait for their handlers
	 * @param handshakesPerSecond handshakes each second
	 * @param messagesPerSecond messages each second on one connection
	 * @param bytesPerSecond bytes of messages each second on one connection
	 * @param fragmentsPerMessage fragments of one message that are empty or one byte
	 * long, besides one for every 16 bytes in longer ones
	 * @param messageTime how long one message may take to arrive
	 * @param jsonDepth how deep JSON that is received may be nested
	 */
	public record Limits(int connections, int connectionsPerAddress, int connectionsPerUser, int undecidedHandshakes,
			int handshakesPerSecond, int messagesPerSecond, long bytesPerSecond, int fragmentsPerMessage,
			Duration messageTime, int jsonDepth) {

	}

}
