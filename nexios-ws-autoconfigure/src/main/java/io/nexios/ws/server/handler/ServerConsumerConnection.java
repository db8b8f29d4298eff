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

package io.nexios.ws.server.handler;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.consumer.ConsumerInternals;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.channel.ServerChannelConnection;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ServerEnvironment;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.Assert;

/**
 * Serves one connection with a consumer.
 *
 * @author Nexios Team
 */
final class ServerConsumerConnection extends ConsumerInternals {

	private final Connection connection;

	private final ServerChannelConnection channels;

	private final ServerEnvironment environment;

	private HandlerScope scope = HandlerScope.PLAIN;

	ServerConsumerConnection(Connection connection, ServerChannelConnection channels, ServerEnvironment environment) {
		this.connection = connection;
		this.channels = channels;
		this.environment = environment;
	}

	static ServerConsumerConnection find(WebSocket ws) {
		return (ServerConsumerConnection) ConsumerInternals.of(ws);
	}

	/**
	 * Set the scope in which the consumer runs, before the handler starts.
	 * @param scope the contexts and the resolver of failures
	 */
	void setScope(HandlerScope scope) {
		this.scope = scope;
	}

	@Override
	protected void serve(WebSocket ws, Supplier<? extends WebSocketConsumer<?>> factory) throws Exception {
		serve(ws, factory, (consumer) -> {
		});
	}

	void serve(WebSocket ws, Supplier<? extends WebSocketConsumer<?>> factory, Consumer<WebSocketConsumer<?>> destroyer)
			throws Exception {
		WebSocketConsumer<?> consumer = factory.get();
		Assert.notNull(consumer, "The factory has returned no consumer");
		WebSocketConsumer<?> target = target(consumer);
		MessageType messageType = MessageType.of(target.getClass());
		this.channels.setDefaultPayloadType(messageType.payloadType());
		attach(target, ws, this.environment.channelBox());
		dispatchTo(new Callbacks(ws, consumer, messageType, () -> destroyer.accept(target)));
		onConnect(consumer, ws);
		// Not after a failure: it ends the connection, and the consumer must not get
		// messages before that
		this.connection.receiver().startDispatch();
	}

	/**
	 * Return the consumer that keeps the state. A proxy has its own fields, which are not
	 * used.
	 * @param consumer a consumer or a proxy
	 * @return the consumer itself
	 */
	private static WebSocketConsumer<?> target(WebSocketConsumer<?> consumer) {
		Object target = AopProxyUtils.getSingletonTarget(consumer);
		return (target instanceof WebSocketConsumer<?> proxied) ? target(proxied) : consumer;
	}

	private void dispatchTo(ConsumerTarget target) {
		this.connection.dispatchTo(new ConsumerDispatch(this.connection, this.environment.threads(), this.scope, target,
				this.environment.throttle()));
	}

	private Object decode(WSMessage message, MessageType messageType) {
		return switch (messageType.payloadType()) {
			case JSON -> this.environment.json().decode(message, messageType.type());
			case TEXT -> message.asText();
			case BYTES -> message.asBytes();
		};
	}

	/**
	 * Decodes messages and calls the consumer.
	 */
	private final class Callbacks implements ConsumerTarget {

		private final WebSocket ws;

		private final WebSocketConsumer<?> consumer;

		private final MessageType messageType;

		private final Runnable destroyer;

		Callbacks(WebSocket ws, WebSocketConsumer<?> consumer, MessageType messageType, Runnable destroyer) {
			this.ws = ws;
			this.consumer = consumer;
			this.messageType = messageType;
			this.destroyer = destroyer;
		}

		@Override
		public void message(WSMessage message) throws Exception {
			Object data = decode(message, this.messageType);
			try {
				onReceive(this.consumer, this.ws, data);
			}
			catch (GroupsUnavailableException ex) {
				UnavailableGroups.messageDropped(ServerConsumerConnection.this.connection,
						ServerConsumerConnection.this.environment.throttle(), ex);
			}
		}

		@Override
		public void ended(int code) throws Exception {
			try {
				onDisconnect(this.consumer, this.ws, code);
			}
			catch (GroupsUnavailableException ex) {
				UnavailableGroups.failedAtEnd(ServerConsumerConnection.this.connection,
						ServerConsumerConnection.this.environment.throttle(), ex);
			}
		}

		@Override
		public void released() {
			this.destroyer.run();
		}

	}

}
