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

package io.nexios.ws.broker;

/**
 * The encoded content of a message, which can be sent to any node.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public sealed interface Payload {

	/**
	 * Return the size that counts in limits: the maximum size of the payload on the wire.
	 * @return the number of bytes
	 */
	int size();

	/**
	 * A value as JSON.
	 *
	 * @param json the JSON
	 */
	record Json(String json) implements Payload {

		@Override
		public int size() {
			return WireSize.ofJson(this.json);
		}

	}

	/**
	 * A text.
	 *
	 * @param text the text
	 */
	record Text(String text) implements Payload {

		@Override
		public int size() {
			return WireSize.ofText(this.text);
		}

	}

	/**
	 * Bytes.
	 *
	 * @param bytes the content, which must not be changed any more
	 */
	record Bytes(byte[] bytes) implements Payload {

		@Override
		public int size() {
			return WireSize.ofBytes(this.bytes);
		}

	}

}
