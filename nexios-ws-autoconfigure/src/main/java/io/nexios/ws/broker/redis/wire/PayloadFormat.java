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

package io.nexios.ws.broker.redis.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.nexios.ws.broker.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Payloads as bytes: a number for the kind, and UTF-8 or the bytes themselves.
 *
 * @author Nexios Team
 */
final class PayloadFormat {

	private static final int JSON = 0;

	private static final int TEXT = 1;

	private static final int BYTES = 2;

	private PayloadFormat() {
	}

	static int kind(Payload payload) {
		return (payload instanceof Payload.Json) ? JSON : (payload instanceof Payload.Text) ? TEXT : BYTES;
	}

	static byte[] content(Payload payload) {
		if (payload instanceof Payload.Bytes bytes) {
			return bytes.bytes();
		}
		String text = (payload instanceof Payload.Json json) ? json.json() : ((Payload.Text) payload).text();
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Read the rest of a buffer.
	 * @param kind the kind
	 * @param in the buffer
	 * @return the payload, or {@code null} if its kind is not known or it is malformed
	 */
	static @Nullable Payload read(int kind, ByteBuffer in) {
		byte[] content = new byte[in.remaining()];
		in.get(content);
		if (kind == BYTES) {
			return new Payload.Bytes(content);
		}
		String text = (kind == JSON || kind == TEXT) ? ByteText.decode(content) : null;
		if (text == null) {
			return null;
		}
		return (kind == JSON) ? new Payload.Json(text) : new Payload.Text(text);
	}

}
