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

import java.util.concurrent.CompletableFuture;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.CloseStatus;

import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link Subscribers}.
 *
 * @author Nexios Team
 */
class SubscribersTests {

	private final Subscribers subscribers = new Subscribers();

	@Test
	void sendJsonWhenSomebodyHasDisconnectedReachesTheOthers() {
		WebSocket first = add(new CompletableFuture<>());
		WebSocket second = add(new CompletableFuture<>());
		WebSocket third = add(new CompletableFuture<>());
		willThrow(new WebSocketDisconnect(1006, "")).given(second).sendJson("value");
		this.subscribers.sendJson("value");
		then(first).should().sendJson("value");
		then(third).should().sendJson("value");
	}

	@Test
	void sendJsonAfterTheEndDoesNotReach() {
		CompletableFuture<CloseStatus> closed = new CompletableFuture<>();
		WebSocket ws = add(closed);
		closed.complete(CloseStatus.NORMAL);
		this.subscribers.sendJson("value");
		then(ws).should(never()).sendJson("value");
	}

	@Test
	void addWhenAlreadyClosedDoesNotKeep() {
		WebSocket ws = add(CompletableFuture.completedFuture(CloseStatus.NORMAL));
		this.subscribers.sendJson("value");
		then(ws).should(never()).sendJson("value");
	}

	private WebSocket add(CompletableFuture<CloseStatus> closed) {
		WebSocket ws = mock(WebSocket.class);
		given(ws.closed()).willReturn(closed);
		this.subscribers.add(ws);
		return ws;
	}

}
