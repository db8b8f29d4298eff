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

package io.nexios.ws.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import io.nexios.ws.WebSocket;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Operations that a connection offers to its channels. Internal: only the server extends
 * this class. All members are protected, so that applications cannot call them.
 *
 * @author Nexios Team
 */
public abstract class ChannelInternals {

	protected ChannelInternals() {
	}

	/**
	 * Find the operations that a connection offers to its channels.
	 * @param ws the connection, or a wrapper of middleware around it
	 * @return the operations of that connection
	 */
	protected static ChannelInternals of(WebSocket ws) {
		ChannelInternals internals = ws.unwrap(ChannelInternals.class);
		Assert.notNull(internals,
				"Not a connection of this server. A wrapper has to delegate unwrap() to the wrapped WebSocket");
		return internals;
	}

	/**
	 * Return the default channel. The first call creates it.
	 * @param channel creates it
	 * @return always the same channel
	 */
	protected abstract Channel defaultChannel(Supplier<Channel> channel);

	/**
	 * Return the payload type of the default channel.
	 * @return the payload type
	 */
	protected abstract PayloadType defaultPayloadType();

	/**
	 * Return the time to live of channels that do not set one.
	 * @return the time, or {@code null} if they do not expire
	 */
	protected abstract @Nullable Duration defaultExpires();

	/**
	 * Create the id of an additional channel.
	 * @return an id that a client cannot guess
	 */
	protected abstract String newId();

	/**
	 * Register a channel, so that messages can be sent to its id and it can expire.
	 * @param channel the channel
	 */
	protected abstract void register(Channel channel);

	/**
	 * Return whether the connection has not ended.
	 * @return whether messages may still be sent
	 */
	protected abstract boolean isOpen();

	/**
	 * Return when a message was last sent or received, or a channel was touched. The time
	 * is known only if a channel expires.
	 * @return the time
	 */
	protected abstract Instant lastActivity();

	/**
	 * Record activity at this moment.
	 */
	protected abstract void touch();

	/**
	 * Send a payload in the same way as the methods of the connection.
	 * @param payload the payload
	 * @param type the type to convert it to
	 */
	protected abstract void send(Object payload, PayloadType type);

}
