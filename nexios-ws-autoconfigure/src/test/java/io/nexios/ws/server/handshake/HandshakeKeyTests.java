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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeKey}.
 *
 * @author Nexios Team
 */
class HandshakeKeyTests {

	@ParameterizedTest
	@ValueSource(strings = { "dGhlIHNhbXBsZSBub25jZQ==", "AAAAAAAAAAAAAAAAAAAAAA==" })
	void sixteenEncodedBytesAreAKey(String key) {
		assertThat(isValid("GET", key)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZSE=",
			"dGhlIHNhbXBsZSBub25jZSEh", "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25j!Q==",
			"dGhlIHNhbXBsZSBub25jZQ==x" })
	void anythingElseIsNoKey(String key) {
		assertThat(isValid("GET", key)).isFalse();
	}

	@Test
	void missingKeyIsNoKey() {
		assertThat(isValid("GET", null)).isFalse();
	}

	@Test
	void noKeyIsNeededOverHttp2() {
		assertThat(isValid("CONNECT", null)).isTrue();
	}

	private static boolean isValid(String method, String key) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
		if (key != null) {
			request.addHeader("Sec-WebSocket-Key", key);
		}
		return HandshakeKey.isValid(new ServletServerHttpRequest(request));
	}

}
