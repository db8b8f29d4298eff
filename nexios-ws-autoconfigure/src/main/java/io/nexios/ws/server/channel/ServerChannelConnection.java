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

package io.nexios.ws.server.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelInternals;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Offers the operations of one connection to its channels.
 *
 * @author Nexios Team
 */
public final class ServerChannelConnection extends ChannelInternals {

	// Stands for the actions of a connection that has opened
	private static final List<Runnable> OPENED = new ArrayList<>();

	private final AtomicReference<@Nullable Channel> defaultChannel = new AtomicReference<>();

	private final Connection connection;

	private final ServerThreads threads;

	private final ConnectionRegistry registry;

	private final JsonCodec json;

	private final ConnectionIds ids;

	private final @Nullable Duration defaultExpires;

	private final AtomicReference<List<Runnable>> openActions = new AtomicReference<>(List.of());

	private volatile PayloadType defaultPayloadType = PayloadType.JSON;

	public ServerChannelConnection(Connection connection, ConnectionRegistry registry, ServerEnvironment environment) {
		this.connection = connection;
		this.threads = environment.threads();
		this.registry = registry;
		this.json = environment.json();
		this.ids = environment.ids();
		this.defaultExpires = environment.settings().channelExpires();
	}

	/**
	 * Find the operations that a channel's connection offers.
	 * @param channel the channel
	 * @return the operations of that connection
	 */
	public static ServerChannelConnection of(Channel channel) {
		ChannelInternals internals = channel.webSocket().unwrap(ChannelInternals.class);
		Assert.notNull(internals, "The channel has no connection of this server");
		return (ServerChannelConnection) internals;
	}

	public void setDefaultPayloadType(PayloadType payloadType) {
		this.defaultPayloadType = payloadType;
	}

	@Override
	protected Channel defaultChannel(Supplier<Channel> supplier) {
		Channel existing = this.defaultChannel.get();
		if (existing != null) {
			return existing;
		}
		Channel channel = supplier.get();
		if (!this.defaultChannel.compareAndSet(null, channel)) {
			return defaultChannel(supplier);
		}
		ChannelExpiry.watch(channel, this, this.threads);
		return channel;
	}

	@Override
	protected PayloadType defaultPayloadType() {
		return this.defaultPayloadType;
	}

	@Override
	protected @Nullable Duration defaultExpires() {
		return this.defaultExpires;
	}

	@Override
	protected String newId() {
		return this.ids.ofChannel();
	}

	@Override
	protected void register(Channel channel) {
		this.registry.addChannel(channel);
		whenEnded(() -> this.registry.removeChannel(channel));
		ChannelExpiry.watch(channel, this, this.threads);
	}

	/**
	 * Run an action as soon as messages can be sent. This is at once, or when the handler
	 * has accepted and before it continues. If there will be no connection, the action
	 * never runs.
	 * @param action the action
	 */
	public void whenOpened(Runnable action) {
		List<Runnable> before = this.openActions.get();
		if (before == OPENED) {
			action.run();
			return;
		}
		List<Runnable> after = new ArrayList<>(before);
		after.add(action);
		if (!this.openActions.compareAndSet(before, after)) {
			whenOpened(action);
		}
	}

	/**
	 * The handler has accepted, and messages can be sent.
	 */
	public void opened() {
		this.openActions.getAndSet(OPENED).forEach(Runnable::run);
	}

	@Override
	protected boolean isOpen() {
		State state = this.connection.state();
		return state == State.CONNECTING || state == State.ACCEPTING || state == State.OPEN;
	}

	@Override
	protected Instant lastActivity() {
		return this.connection.activity().last();
	}

	@Override
	protected void touch() {
		this.connection.activity().touch();
	}

	void trackActivity() {
		this.connection.activity().track();
	}

	@Override
	protected void send(Object payload, PayloadType type) {
		this.connection.send(new SharedFrames(SharedFrames.encode(payload, this.json), this.json).frame(type));
	}

	/**
	 * Send without waiting.
	 * @param frame the message
	 * @return whether the connection has not ended
	 */
	public boolean offer(OutboundFrame frame) {
		return this.connection.offer(frame);
	}

	/**
	 * Return whether messages for a peer that reads too slowly are dropped.
	 * @return whether they are dropped. If not, the connection is closed
	 */
	public boolean isDropping() {
		return this.connection.isDropping();
	}

	/**
	 * End the connection, because too many bytes wait for the peer outside the outbound
	 * queue.
	 */
	public void tooSlow() {
		this.connection.eviction().tooSlow();
	}

	/**
	 * A message was dropped outside the outbound queue.
	 * @param told whether the peer will be told so by a notice of its own
	 */
	public void dropped(boolean told) {
		this.connection.observer().messagesDropped(1);
		if (told) {
			this.connection.observer().dropNoticeQueued();
		}
	}

	/**
	 * Publish an event of this connection on another thread, after all earlier events.
	 * @param eventType the type of the event
	 * @param event creates the event, if there is a listener
	 */
	public void publish(Class<?> eventType, Supplier<Object> event) {
		this.connection.events().publish(eventType, event);
	}

	/**
	 * Run an action when the connection ends, or at once if it has ended.
	 * @param action the action, which must not block
	 */
	public void whenEnded(Runnable action) {
		this.connection.whenEnded(action);
	}

}
