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

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketException;

import org.springframework.web.socket.CloseStatus;

/**
 * Takes the content out of a message that has to be of one kind, or closes with 1003.
 *
 * @author Nexios Team
 */
final class MessageContent {

	private MessageContent() {
	}

	static String text(WSMessage message) {
		if (message instanceof WSMessage.Text text) {
			return text.text();
		}
		throw new WebSocketException(CloseStatus.NOT_ACCEPTABLE.getCode(), "Text message expected");
	}

	static byte[] bytes(WSMessage message) {
		if (message instanceof WSMessage.Bytes binary) {
			return binary.bytes();
		}
		throw new WebSocketException(CloseStatus.NOT_ACCEPTABLE.getCode(), "Binary message expected");
	}

}
