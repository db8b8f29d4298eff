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

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;

/**
 * Decodes messages and calls the consumer.
 *
 * @author Nexios Team
 */
final class ConsumerTarget implements ConsumerConnection.Target {

	private final WebSocketConsumer<Object> consumer;

	private final WebSocket ws;

	private final ConsumerConnection connection;

	private final MessageType messageType;

	private final Runnable destroyer;

	@SuppressWarnings("unchecked")
	ConsumerTarget(WebSocketConsumer<?> consumer, WebSocket ws, ConsumerConnection connection, MessageType messageType,
			Runnable destroyer) {
		this.consumer = (WebSocketConsumer<Object>) consumer;
		this.ws = ws;
		this.connection = connection;
		this.messageType = messageType;
		this.destroyer = destroyer;
	}

	@Override
	public void message(WSMessage message) throws Exception {
		this.consumer.onReceive(this.ws,
				this.connection.decode(message, this.messageType.payloadType(), this.messageType.type()));
	}

	@Override
	public void ended(int code) throws Exception {
		this.consumer.onDisconnect(this.ws, code);
	}

	@Override
	public void released() {
		this.destroyer.run();
	}

}
