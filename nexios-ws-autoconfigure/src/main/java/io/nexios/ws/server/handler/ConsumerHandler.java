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

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;

/**
 * Serves each connection with its own consumer, and passes the consumer to a destroyer at
 * the end.
 *
 * @author Nexios Team
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
		ServerConsumerConnection.find(ws).serve(ws, this.factory, this.destroyer);
	}

}
