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

package io.nexios.ws.server.tomcat.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClosePayload}.
 *
 * @author Nexios Team
 */
class ClosePayloadTests {

	@Test
	void emptyPayloadHasNoStatusCode() {
		assertThat(ClosePayload.read(ByteBuffer.allocate(0))).isEqualTo(CloseStatus.NO_STATUS_CODE);
	}

	@Test
	void codeAloneHasNoReason() {
		assertThat(read(1001, new byte[0])).isEqualTo(new CloseStatus(1001, ""));
	}

	@Test
	void reasonIsUtf8() {
		assertThat(read(4001, "grün".getBytes(StandardCharsets.UTF_8))).isEqualTo(new CloseStatus(4001, "grün"));
	}

	@Test
	void oneByteIsRefused() {
		assertThat(ClosePayload.read(ByteBuffer.allocate(1))).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535 })
	void codeThatMustNotBeSentIsRefused(int code) {
		assertThat(read(code, new byte[0])).isNull();
	}

	@Test
	void reasonThatIsNotUtf8IsRefused() {
		assertThat(read(1000, new byte[] { 'a', (byte) 0xC3 })).isNull();
	}

	private static @Nullable CloseStatus read(int code, byte[] reason) {
		return ClosePayload
			.read(ByteBuffer.allocate(Short.BYTES + reason.length).putShort((short) code).put(reason).flip());
	}

}
