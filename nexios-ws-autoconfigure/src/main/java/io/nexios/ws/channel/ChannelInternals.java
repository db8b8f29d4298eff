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
 * What a connection does for its channels. Internal: only the server extends this class.
 * All members are protected, so that applications cannot call them.
 *
 * @author Nexios Team
 */
public abstract class ChannelInternals {

	protected ChannelInternals() {
	}

	/**
	 * Find what a connection does for its channels.
	 * @param ws the connection, or what middleware has wrapped around it
	 * @return the object of that connection
	 */
	protected static ChannelInternals of(WebSocket ws) {
		ChannelInternals internals = ws.unwrap(ChannelInternals.class);
		Assert.notNull(internals,
				"Not a connection of this server: a wrapper has to pass unwrap() on to what it wraps");
		return internals;
	}

	/**
	 * Return the default channel, which is created by the first caller.
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
	 * Return the time to live of channels that do not choose one.
	 * @return the time, or {@code null} if they do not expire
	 */
	protected abstract @Nullable Duration defaultExpires();

	/**
	 * Make a channel known, so that it can be sent to by its id and expires.
	 * @param channel the channel
	 */
	protected abstract void register(Channel channel);

	/**
	 * Return whether the connection has not ended.
	 * @return whether messages may still be sent
	 */
	protected abstract boolean isOpen();

	/**
	 * Return when something was last sent or received, or a channel touched. Known only
	 * if a channel expires.
	 * @return the time
	 */
	protected abstract Instant lastActivity();

	/**
	 * Count this moment as activity.
	 */
	protected abstract void touch();

	/**
	 * Send a payload like the connection's own methods do.
	 * @param payload the payload
	 * @param type what to convert it to
	 */
	protected abstract void send(Object payload, PayloadType type);

}
