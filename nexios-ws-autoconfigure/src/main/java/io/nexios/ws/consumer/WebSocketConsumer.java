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

package io.nexios.ws.consumer;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.SendOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * An endpoint as an object with callbacks. There is one instance for each connection, so
 * its fields belong to the connection. Callbacks run one after the other, each on any
 * thread of the server. They may block. A callback sees what earlier callbacks have
 * written to fields. No thread is held between callbacks. An exception from a callback
 * ends the connection as an exception from a {@link io.nexios.ws.WSHandler} does.
 * <p>
 * A consumer is served with {@link #asRoute}, or as a bean class with
 * {@link io.nexios.ws.WSRoute @WSRoute}.
 *
 * @param <T> the type that {@link #onReceive} gets: String for text messages, byte[] for
 * binary messages, {@link tools.jackson.databind.JsonNode} or any other type for JSON in
 * text or binary messages. It also decides the payload type of the connection's default
 * channel.
 * @author Nexios Team
 * @since 0.1.0
 */
public abstract class WebSocketConsumer<T> {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<WebSocketConsumer, @Nullable WebSocket> WEB_SOCKET = AtomicReferenceFieldUpdater
		.newUpdater(WebSocketConsumer.class, WebSocket.class, "webSocket");

	private volatile @Nullable WebSocket webSocket;

	private @Nullable ChannelBox channelBox;

	/**
	 * Attach this consumer to a connection. This is possible only once, because otherwise
	 * two connections would share the fields.
	 * @param webSocket the connection
	 * @param channelBox the groups
	 * @throws IllegalStateException if the consumer is or was attached to another
	 * connection
	 */
	void attach(WebSocket webSocket, ChannelBox channelBox) {
		Assert.state(WEB_SOCKET.compareAndSet(this, null, webSocket),
				() -> "This " + getClass().getName() + " has served another connection: every connection needs a "
						+ "consumer of its own, so let the factory create one each time it is asked");
		this.channelBox = channelBox;
	}

	/**
	 * Decide the handshake. The default implementation accepts it.
	 * @param ws the connection
	 * @throws Exception any failure
	 */
	protected void onConnect(WebSocket ws) throws Exception {
		ws.accept();
	}

	/**
	 * Handle a message that has arrived. A failure ends the connection. There is one
	 * exception: after a {@link io.nexios.ws.channel.GroupsUnavailableException} the
	 * message is dropped, and the connection stays open.
	 * @param ws the connection. Its receive methods throw {@link IllegalStateException}
	 * @param data the content
	 * @throws Exception any failure
	 */
	protected void onReceive(WebSocket ws, T data) throws Exception {
	}

	/**
	 * Handle the end of the connection. If the connection was open, this method is called
	 * exactly once, after all other callbacks.
	 * @param ws the connection
	 * @param code the close code, 1006 if the peer vanished
	 * @throws Exception any failure, which is logged
	 */
	protected void onDisconnect(WebSocket ws, int code) throws Exception {
	}

	/**
	 * Return the connection's default channel.
	 * @return the channel
	 */
	protected final Channel channel() {
		return Channel.of(attached(this.webSocket));
	}

	/**
	 * Add the channel to a group.
	 * @param group the group
	 * @return the outcome
	 */
	protected final ChannelAddStatus joinGroup(String group) {
		return attached(this.channelBox).addChannelToGroup(channel(), group);
	}

	/**
	 * Send the history of a group to the channel and add it to the group.
	 * @param group the group
	 * @return the outcome
	 * @see ChannelBox#joinWithHistory
	 */
	protected final ChannelAddStatus joinGroupWithHistory(String group) {
		return attached(this.channelBox).joinWithHistory(channel(), group);
	}

	/**
	 * Add the channel to a group.
	 * @param group the group
	 * @param options what the channel gets, and how
	 * @return the outcome
	 * @since 0.1.0
	 * @see ChannelBox#join
	 */
	protected final JoinResult joinGroup(String group, JoinOptions options) {
		return attached(this.channelBox).join(channel(), group, options);
	}

	/**
	 * Remove the channel from a group.
	 * @param group the group
	 * @return the outcome
	 */
	protected final ChannelRemoveStatus leaveGroup(String group) {
		return attached(this.channelBox).removeChannelFromGroup(channel(), group);
	}

	/**
	 * Send a payload to a group. This channel gets the payload too if it is a member.
	 * @param group the group
	 * @param payload the payload
	 * @return the outcome
	 */
	protected final GroupSendStatus broadcast(String group, Object payload) {
		return broadcast(group, payload, false);
	}

	/**
	 * Send a payload to a group. This channel gets the payload too if it is a member.
	 * @param group the group
	 * @param payload the payload
	 * @param saveHistory whether the payload is saved in the history of the group
	 * @return the outcome
	 */
	protected final GroupSendStatus broadcast(String group, Object payload, boolean saveHistory) {
		SendOptions options = SendOptions.create();
		return broadcast(group, payload, saveHistory ? options.saveHistory() : options);
	}

	/**
	 * Send a payload to members of a group.
	 * @param group the group
	 * @param payload the payload
	 * @param options the recipients, and whether the payload is saved
	 * @return the outcome
	 */
	protected final GroupSendStatus broadcast(String group, Object payload, SendOptions options) {
		return attached(this.channelBox).groupSend(group, payload, options);
	}

	/**
	 * Send a payload of a generic type to a group. This channel gets the payload too if
	 * it is a member.
	 * @param group the group
	 * @param payload the payload
	 * @param type the type to write it as
	 * @return the outcome
	 * @since 0.1.0
	 * @see WebSocket#sendJson(Object, ParameterizedTypeReference)
	 */
	protected final GroupSendStatus broadcast(String group, Object payload, ParameterizedTypeReference<?> type) {
		return broadcast(group, payload, type, SendOptions.create());
	}

	/**
	 * Send a payload of a generic type to members of a group.
	 * @param group the group
	 * @param payload the payload
	 * @param type the type to write it as
	 * @param options the recipients, and whether the payload is saved
	 * @return the outcome
	 * @since 0.1.0
	 */
	protected final GroupSendStatus broadcast(String group, Object payload, ParameterizedTypeReference<?> type,
			SendOptions options) {
		return attached(this.channelBox).groupSend(group, payload, type, options);
	}

	/**
	 * Send a payload to one channel.
	 * @param channelId the channel
	 * @param payload the payload
	 * @return whether there is such a channel and its connection has not ended
	 */
	protected final boolean sendTo(String channelId, Object payload) {
		return attached(this.channelBox).sendTo(channelId, payload);
	}

	/**
	 * Send a payload of a generic type to one channel.
	 * @param channelId the channel
	 * @param payload the payload
	 * @param type the type to write it as
	 * @return whether there is such a channel and its connection has not ended
	 * @since 0.1.0
	 */
	protected final boolean sendTo(String channelId, Object payload, ParameterizedTypeReference<?> type) {
		return attached(this.channelBox).sendTo(channelId, payload, type);
	}

	/**
	 * Return the members of a group.
	 * @param group the group
	 * @return the current members
	 */
	protected final Set<Channel> group(String group) {
		return attached(this.channelBox).channels(group);
	}

	private static <A> A attached(@Nullable A attached) {
		Assert.state(attached != null, "The consumer has no connection yet: wait for onConnect");
		return attached;
	}

	/**
	 * Create a route with one consumer for each connection.
	 * @param path the path
	 * @param factory creates a consumer. If the consumer has already served a connection,
	 * it is refused and the handshake is answered with 500
	 * @return the route
	 */
	public static WebSocketRoute asRoute(String path, Supplier<? extends WebSocketConsumer<?>> factory) {
		Assert.notNull(factory, () -> "Route '" + path + "' has no consumer: pass a factory");
		return new WebSocketRoute(path, (ws) -> ConsumerInternals.of(ws).serve(ws, factory));
	}

}
