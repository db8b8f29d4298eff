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

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.Assert;

/**
 * Serves each connection with a consumer of its own. Returns when the consumer has
 * decided the handshake; the connection goes on.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class ConsumerHandler implements WSHandler {

	private final Supplier<? extends WebSocketConsumer<?>> factory;

	private final Consumer<WebSocketConsumer<?>> destroyer;

	/**
	 * Create a handler.
	 * @param factory creates a consumer, or a proxy of one
	 * @param destroyer gets the consumer at the end, never a proxy
	 */
	public ConsumerHandler(Supplier<? extends WebSocketConsumer<?>> factory, Consumer<WebSocketConsumer<?>> destroyer) {
		this.factory = factory;
		this.destroyer = destroyer;
	}

	@Override
	public void handle(WebSocket ws) throws Exception {
		ConsumerConnection connection = ws.unwrap(ConsumerConnection.class);
		Assert.notNull(connection,
				"Not a connection of this server: a wrapper has to pass unwrap() on to what it wraps");
		WebSocketConsumer<?> consumer = this.factory.get();
		Assert.notNull(consumer, "The factory has returned no consumer");
		WebSocketConsumer<?> target = target(consumer);
		MessageType messageType = MessageType.of(target.getClass());
		connection.setDefaultPayloadType(messageType.payloadType());
		target.attach(ws, connection.channelBox());
		connection
			.dispatchTo(new ConsumerTarget(consumer, ws, connection, messageType, () -> this.destroyer.accept(target)));
		consumer.onConnect(ws);
		// Not after a failure: what it ends must not get messages before it has ended
		connection.startDispatch();
	}

	/**
	 * Return what keeps the state: a proxy has fields of its own, which nobody uses.
	 * @param consumer a consumer or a proxy
	 * @return the consumer itself
	 */
	private static WebSocketConsumer<?> target(WebSocketConsumer<?> consumer) {
		Object target = AopProxyUtils.getSingletonTarget(consumer);
		return (target instanceof WebSocketConsumer<?> proxied) ? target(proxied) : consumer;
	}

}
