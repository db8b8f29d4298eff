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

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random headers, read as a naive model of them does.
 *
 * @author Nexios Team
 */
class HandshakeHeadersTests {

	private static final String KEY_CHARACTERS = "ABYZabyz0189+/==-_ !\u00e4\u0000";

	private static final String[] PROTOCOL_PARTS = { "a", "b", "chat.v1", ",", ",", " ", "\t", "\"", ";", "=",
			"\u00e4" };

	@Test
	void keyIsValidIfItIsSixteenEncodedBytes() {
		Random random = new Random(20260903);
		int valid = 0;
		for (int i = 0; i < 50_000; i++) {
			String key = key(random);
			boolean expected = isSixteenEncodedBytes(key);
			assertThat(HandshakeKey.isValid(request("Sec-WebSocket-Key", key))).as("Key '%s'", key).isEqualTo(expected);
			valid += expected ? 1 : 0;
		}
		assertThat(valid).isGreaterThan(1_000);
	}

	private static String key(Random random) {
		byte[] bytes = new byte[15 + random.nextInt(3)];
		random.nextBytes(bytes);
		StringBuilder key = new StringBuilder(Base64.getEncoder().encodeToString(bytes));
		for (int i = random.nextInt(3); i > 0; i--) {
			key.setCharAt(random.nextInt(key.length()), KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
		}
		return key.toString();
	}

	private static boolean isSixteenEncodedBytes(String key) {
		// The last character before the padding has four bits that do not count
		return key.matches("[A-Za-z0-9+/]{22}==");
	}

	@Test
	void subprotocolsAreTheTextsBetweenTheCommas() {
		Random random = new Random(20260904);
		for (int i = 0; i < 20_000; i++) {
			String header = header(random);
			List<String> expected = new ArrayList<>();
			for (String part : header.split(",")) {
				if (!part.isBlank()) {
					expected.add(part.trim());
				}
			}
			assertThat(HandshakeRequest.of(request("Sec-WebSocket-Protocol", header), null).subprotocols())
				.as("Header '%s'", header)
				.isEqualTo(expected);
		}
	}

	private static String header(Random random) {
		StringBuilder header = new StringBuilder();
		for (int i = random.nextInt(12); i > 0; i--) {
			header.append(PROTOCOL_PARTS[random.nextInt(PROTOCOL_PARTS.length)]);
		}
		return header.toString();
	}

	private static ServletServerHttpRequest request(String name, String value) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.addHeader(name, value);
		return new ServletServerHttpRequest(request);
	}

}
