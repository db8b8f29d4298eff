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

package io.nexios.ws.demo.chat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;

import org.springframework.stereotype.Component;

/**
 * Who is in which room. A room exists while somebody is in it.
 *
 * @author Nexios Team
 */
@Component
class ChatRooms {

	private final Map<String, Set<WebSocket>> rooms = new ConcurrentHashMap<>();

	void join(String room, WebSocket ws) {
		this.rooms.compute(room, (name, members) -> {
			Set<WebSocket> joined = (members != null) ? members : ConcurrentHashMap.newKeySet();
			joined.add(ws);
			return joined;
		});
	}

	void leave(String room, WebSocket ws) {
		this.rooms.computeIfPresent(room, (name, members) -> {
			members.remove(ws);
			return members.isEmpty() ? null : members;
		});
	}

	void send(String room, ChatMessage message) {
		for (WebSocket ws : this.rooms.getOrDefault(room, Set.of())) {
			try {
				ws.sendJson(message);
			}
			catch (WebSocketDisconnect ex) {
				// It is about to leave; the others still get the message
			}
		}
	}

}
