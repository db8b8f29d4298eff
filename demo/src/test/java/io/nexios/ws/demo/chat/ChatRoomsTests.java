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

import java.util.stream.Stream;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import org.junit.jupiter.api.Test;

import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ChatRooms}.
 *
 * @author Nexios Team
 */
class ChatRoomsTests {

	private final ChatRooms rooms = new ChatRooms();

	private final WebSocket first = mock(WebSocket.class);

	private final WebSocket second = mock(WebSocket.class);

	private final WebSocket third = mock(WebSocket.class);

	private final ChatMessage message = ChatMessage.notice("Hello");

	@Test
	void sendReachesOnlyTheRoom() {
		this.rooms.join("one", this.first);
		this.rooms.join("two", this.second);
		this.rooms.send("one", this.message);
		then(this.first).should().sendJson(this.message);
		then(this.second).shouldHaveNoInteractions();
	}

	@Test
	void sendWhenSomebodyHasDisconnectedReachesTheOthers() {
		Stream.of(this.first, this.second, this.third).forEach((ws) -> this.rooms.join("room", ws));
		willThrow(new WebSocketDisconnect(1006, "")).given(this.second).sendJson(this.message);
		this.rooms.send("room", this.message);
		then(this.first).should().sendJson(this.message);
		then(this.third).should().sendJson(this.message);
	}

	@Test
	void sendAfterLeavingDoesNotReach() {
		this.rooms.join("room", this.first);
		this.rooms.join("room", this.second);
		this.rooms.leave("room", this.first);
		this.rooms.send("room", this.message);
		then(this.first).shouldHaveNoInteractions();
		then(this.second).should().sendJson(this.message);
	}

	@Test
	void roomMayBeEmptyAndBeEnteredAgain() {
		this.rooms.join("room", this.first);
		this.rooms.leave("room", this.first);
		this.rooms.leave("room", this.first);
		this.rooms.send("room", this.message);
		this.rooms.join("room", this.second);
		this.rooms.send("room", this.message);
		then(this.first).shouldHaveNoInteractions();
		then(this.second).should().sendJson(this.message);
	}

}
