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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Texts and numbers as bytes. Reading never throws an exception.
 *
 * @author Nexios Team
 */
final class ByteText {

	private static final char REPLACEMENT = '\uFFFD';

	/**
	 * Numbers with this many digits can be incremented.
	 */
	private static final int MAX_DIGITS = 18;

	private ByteText() {
	}

	static byte @Nullable [] encode(@Nullable String text, int maxLength) {
		if (text == null) {
			return null;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		Assert.isTrue(bytes.length <= maxLength, "Text is too long");
		return bytes;
	}

	/**
	 * Read a text with its length before it.
	 * @param in the buffer
	 * @param prefix the number of bytes of the length, 1 or 2
	 * @return the text, or {@code null} if it is cut off or not UTF-8
	 */
	static @Nullable String decode(ByteBuffer in, int prefix) {
		if (in.remaining() < prefix) {
			return null;
		}
		int length = (prefix == 1) ? in.get() & 0xFF : in.getShort() & 0xFFFF;
		if (in.remaining() < length) {
			return null;
		}
		byte[] text = new byte[length];
		in.get(text);
		return decode(text);
	}

	static @Nullable String decode(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) < 0) ? text : decodeStrictly(bytes);
	}

	private static @Nullable String decodeStrictly(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/**
	 * Read a decimal number in the form in which Redis writes it: without a sign, without
	 * leading zeros, of at most 18 digits.
	 * @param in the buffer
	 * @param end the character after the number
	 * @return the number, or -1 if there is none
	 */
	static long decimal(ByteBuffer in, char end) {
		long number = 0;
		for (int digits = 0; digits <= MAX_DIGITS && in.hasRemaining(); digits++) {
			int next = in.get();
			if (next == end && digits > 0) {
				return number;
			}
			if (next < '0' || next > '9' || (digits == 1 && number == 0)) {
				return -1;
			}
			number = 10 * number + next - '0';
		}
		return -1;
	}

	/**
	 * Read 8 bytes as a number. Bytes that are missing count as 0.
	 * @param in the buffer
	 * @return the number
	 */
	static long paddedLong(ByteBuffer in) {
		byte[] bytes = new byte[Long.BYTES];
		in.get(bytes, 0, Math.min(bytes.length, in.remaining()));
		return ByteBuffer.wrap(bytes).getLong();
	}

}
