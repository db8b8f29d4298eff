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

package io.nexios.ws.demo.dashboard;

import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnectedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Counts the connections of all routes.
 *
 * @author Nexios Team
 */
@Component
class OpenConnections {

	private final AtomicInteger count = new AtomicInteger();

	@EventListener
	void connected(WebSocketConnectedEvent event) {
		this.count.incrementAndGet();
	}

	@EventListener
	void disconnected(WebSocketDisconnectedEvent event) {
		this.count.decrementAndGet();
	}

	int count() {
		return this.count.get();
	}

}
