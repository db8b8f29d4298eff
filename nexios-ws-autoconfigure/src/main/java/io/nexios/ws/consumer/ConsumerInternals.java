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

import java.util.function.Supplier;

import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.ChannelBox;

import org.springframework.util.Assert;

/**
 * Operations that a connection offers to its consumer, and the calls of the consumer.
 * Internal: only the server extends this class. All members are protected, so that
 * applications cannot call them.
 *
 * @author Nexios Team
 */
public abstract class ConsumerInternals {

	protected ConsumerInternals() {
	}

	/**
	 * Find the operations that a connection offers to its consumer.
	 * @param ws the connection, or a wrapper of middleware around it
	 * @return the operations of that connection
	 */
	protected static ConsumerInternals of(WebSocket ws) {
		ConsumerInternals internals = ws.unwrap(ConsumerInternals.class);
		Assert.notNull(internals,
				"Not a connection of this server. A wrapper has to delegate unwrap() to the wrapped WebSocket");
		return internals;
	}

	/**
	 * Serve this connection with a consumer of its own. Returns when the consumer has
	 * decided the handshake. The connection stays open.
	 * @param ws the connection, or a wrapper of middleware around it
	 * @param factory creates a consumer, or a proxy of one
	 * @throws Exception any failure of the consumer
	 */
	protected abstract void serve(WebSocket ws, Supplier<? extends WebSocketConsumer<?>> factory) throws Exception;

	/**
	 * Assign a consumer to a connection. This is possible only once.
	 * @param consumer the consumer, not a proxy
	 * @param ws the connection
	 * @param channelBox the groups
	 * @throws IllegalStateException if the consumer is or was assigned to another
	 * connection
	 */
	protected final void attach(WebSocketConsumer<?> consumer, WebSocket ws, ChannelBox channelBox) {
		consumer.attach(ws, channelBox);
	}

	protected final void onConnect(WebSocketConsumer<?> consumer, WebSocket ws) throws Exception {
		consumer.onConnect(ws);
	}

	@SuppressWarnings("unchecked")
	protected final void onReceive(WebSocketConsumer<?> consumer, WebSocket ws, Object data) throws Exception {
		((WebSocketConsumer<Object>) consumer).onReceive(ws, data);
	}

	protected final void onDisconnect(WebSocketConsumer<?> consumer, WebSocket ws, int code) throws Exception {
		consumer.onDisconnect(ws, code);
	}

}
