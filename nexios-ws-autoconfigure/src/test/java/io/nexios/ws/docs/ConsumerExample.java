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

package io.nexios.ws.docs;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.consumer.WebSocketConsumer;

/**
 * The example of the README for consumers.
 *
 * @author Nexios Team
 */
final class ConsumerExample {

	private ConsumerExample() {
	}

	/**
	 * A drawing board.
	 */
	// tag::consumer[]
	@WSRoute("/ws/board/{name}")
	static class Board extends WebSocketConsumer<Board.Stroke> {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.accept();
			joinGroup(ws.pathParam("name"));
		}

		@Override
		protected void onReceive(WebSocket ws, Stroke stroke) {
			try {
				broadcast(ws.pathParam("name"), stroke);
			}
			catch (GroupsUnavailableException ex) {
				ws.sendJson(new NotDrawn(stroke));
			}
		}

		record Stroke(int x, int y) {
		}

		record NotDrawn(Stroke notDrawn) {
		}

	}
	// end::consumer[]

}
