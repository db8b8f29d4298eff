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

import java.nio.charset.StandardCharsets;

/**
 * Counts the maximum number of bytes that a payload takes on the wire, without quotes.
 * Some members get a text as a JSON string, others get it unchanged. Members that receive
 * texts get bytes as Base64.
 *
 * @author Nexios Team
 */
final class WireSize {

	private static final int BACKSLASH = 1;

	private static final int UNICODE_ESCAPE = 5;

	private WireSize() {
	}

	static int ofJson(String json) {
		return json.getBytes(StandardCharsets.UTF_8).length;
	}

	static int ofText(String text) {
		long size = text.getBytes(StandardCharsets.UTF_8).length;
		for (int i = 0; i < text.length(); i++) {
			size += escape(text.charAt(i));
		}
		return limited(size);
	}

	private static int escape(char c) {
		return switch (c) {
			case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> BACKSLASH;
			default -> (c < ' ') ? UNICODE_ESCAPE : 0;
		};
	}

	static int ofBytes(byte[] bytes) {
		return limited(4 * ((bytes.length + 2L) / 3));
	}

	private static int limited(long size) {
		return (int) Math.min(size, Integer.MAX_VALUE);
	}

}
