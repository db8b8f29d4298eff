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

package io.nexios.ws.server.handshake;

import java.util.Base64;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServletServerHttpRequest;

/**
 * Checks the key of a handshake (RFC 6455, 4.2.1), so that no handler accepts a handshake
 * that the container would refuse afterwards. Over HTTP/2 there is no key (RFC 8441, 5).
 *
 * @author Nexios Team
 */
final class HandshakeKey {

	private static final int ENCODED_LENGTH = 24;

	private static final int LENGTH = 16;

	private HandshakeKey() {
	}

	static boolean isValid(ServletServerHttpRequest request) {
		return HttpMethod.GET != request.getMethod() || isValid(request.getHeaders().getFirst("Sec-WebSocket-Key"));
	}

	private static boolean isValid(@Nullable String key) {
		if (key == null || key.length() != ENCODED_LENGTH) {
			return false;
		}
		try {
			return Base64.getDecoder().decode(key).length == LENGTH;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
