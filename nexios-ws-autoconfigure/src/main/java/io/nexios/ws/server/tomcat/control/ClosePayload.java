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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.nexios.ws.server.transport.CloseCodes;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Reads the payload of a close frame (RFC 6455, 5.5.1).
 *
 * @author Nexios Team
 */
final class ClosePayload {

	private ClosePayload() {
	}

	/**
	 * Return the code and reason of a close frame.
	 * @param payload the unmasked payload
	 * @return the code and reason, 1005 if the frame has neither, or {@code null} if the
	 * frame is not allowed
	 */
	static @Nullable CloseStatus read(ByteBuffer payload) {
		if (!payload.hasRemaining()) {
			return CloseStatus.NO_STATUS_CODE;
		}
		if (payload.remaining() < Short.BYTES) {
			return null;
		}
		int code = Short.toUnsignedInt(payload.getShort());
		String reason = decode(payload);
		return (CloseCodes.isSendable(code) && reason != null) ? new CloseStatus(code, reason) : null;
	}

	private static @Nullable String decode(ByteBuffer bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
