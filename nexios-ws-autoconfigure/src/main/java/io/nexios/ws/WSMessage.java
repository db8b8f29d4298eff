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

package io.nexios.ws;

import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

/**
 * A message received from the peer, or to be sent to it.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public sealed interface WSMessage {

	/**
	 * Return the text of a text message.
	 * @return the whole text
	 * @throws WebSocketException with 1003 if this is a binary message
	 * @throws WebSocketDisconnect if this is the end of the connection
	 */
	String asText();

	/**
	 * Return the content of a binary message.
	 * @return the whole content, not copied
	 * @throws WebSocketException with 1003 if this is a text message
	 * @throws WebSocketDisconnect if this is the end of the connection
	 */
	byte[] asBytes();

	/**
	 * A text message.
	 *
	 * @param text the whole text
	 */
	record Text(String text) implements WSMessage {

		public Text {
			Assert.notNull(text, "'text' must not be null");
		}

		@Override
		public String asText() {
			return this.text;
		}

		@Override
		public byte[] asBytes() {
			throw new WebSocketException(CloseStatus.NOT_ACCEPTABLE.getCode(), "Binary message expected");
		}

	}

	/**
	 * A binary message.
	 *
	 * @param bytes the whole content, not copied
	 */
	record Bytes(byte[] bytes) implements WSMessage {

		public Bytes {
			Assert.notNull(bytes, "'bytes' must not be null");
		}

		@Override
		public String asText() {
			throw new WebSocketException(CloseStatus.NOT_ACCEPTABLE.getCode(), "Text message expected");
		}

		@Override
		public byte[] asBytes() {
			return this.bytes;
		}

	}

	/**
	 * The end of the connection.
	 *
	 * @param code the close code; 1000 if the peer gave none, 1006 if it vanished
	 * @param reason the close reason, possibly empty
	 */
	record Disconnect(int code, String reason) implements WSMessage {

		public Disconnect {
			Assert.notNull(reason, "'reason' must not be null");
		}

		@Override
		public String asText() {
			throw new WebSocketDisconnect(this.code, this.reason);
		}

		@Override
		public byte[] asBytes() {
			throw new WebSocketDisconnect(this.code, this.reason);
		}

	}

}
