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

import org.jspecify.annotations.Nullable;

/**
 * What a connection offers to its channels, found by
 * {@link io.nexios.ws.WebSocket#unwrap}. Implemented by the server, not by applications.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface ChannelConnection {

	/**
	 * Return the default channel, which is created by the first caller.
	 * @param channel creates it
	 * @return always the same channel
	 */
	Channel defaultChannel(Supplier<Channel> channel);

	/**
	 * Return the payload type of the default channel.
	 * @return the payload type
	 */
	PayloadType defaultPayloadType();

	/**
	 * Return the time to live of channels that do not choose one.
	 * @return the time, or {@code null} if they do not expire
	 */
	@Nullable Duration defaultExpires();

	/**
	 * Make a channel known, so that it can be sent to by its id and expires.
	 * @param channel the channel
	 */
	void register(Channel channel);

	/**
	 * Run an action as soon as messages can be sent: at once, or before the handler goes
	 * on after it has accepted, or never if there will be no connection.
	 * @param action what to do
	 */
	void whenOpened(Runnable action);

	/**
	 * Return whether the connection has not ended.
	 * @return whether messages may still be sent
	 */
	boolean isOpen();

	/**
	 * Return when something was last sent or received, or a channel touched. Known only
	 * if a channel expires.
	 * @return the time
	 */
	Instant lastActivity();

	/**
	 * Count this moment as activity.
	 */
	void touch();

	/**
	 * Send a payload like the connection's own methods do.
	 * @param payload the payload
	 * @param type what to convert it to
	 */
	void send(Object payload, PayloadType type);

	/**
	 * Send a payload without ever waiting.
	 * @param payload what to send
	 * @param type what to convert it to
	 * @return whether the connection has not ended
	 */
	boolean offer(SharedPayload payload, PayloadType type);

	/**
	 * Publish an event of this connection, after all those before it and on another
	 * thread.
	 * @param eventType the type of the event
	 * @param event makes the event, if somebody listens
	 */
	void publish(Class<?> eventType, Supplier<Object> event);

	/**
	 * Run an action when the connection ends, or at once if it has ended.
	 * @param action the action, which must not block
	 */
	void whenEnded(Runnable action);

	/**
	 * A payload that is encoded at most once for each type, whoever it is offered to.
	 */
	interface SharedPayload {

	}

}
