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

package io.nexios.ws.demo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;

/**
 * The connections that get what is published. Any thread may add, remove and send.
 *
 * @author Nexios Team
 */
public class Subscribers {

	private final Set<WebSocket> connections = ConcurrentHashMap.newKeySet();

	/**
	 * Add a connection until it ends.
	 * @param ws the connection, accepted
	 */
	public void add(WebSocket ws) {
		this.connections.add(ws);
		ws.closed().thenRun(() -> this.connections.remove(ws));
	}

	/**
	 * Send a value to everyone, as JSON.
	 * @param value the value
	 */
	public void sendJson(Object value) {
		for (WebSocket ws : this.connections) {
			try {
				ws.sendJson(value);
			}
			catch (WebSocketDisconnect ex) {
				this.connections.remove(ws);
			}
		}
	}

}
