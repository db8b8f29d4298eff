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

package io.nexios.ws.server.transport;

import java.nio.charset.StandardCharsets;

/**
 * Computes the length of texts in UTF-8, and cuts texts to a length.
 *
 * @author Nexios Team
 */
public final class Utf8 {

	private Utf8() {
	}

	/**
	 * Return the encoded length of a text.
	 * @param text the text
	 * @return the length in bytes, or -1 if the text has an unpaired surrogate
	 */
	static int length(String text) {
		// Copying ASCII with vector instructions of the processor is many times faster
		// than checking each character
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		boolean ascii = bytes.length == text.length() && text.equals(new String(bytes, StandardCharsets.ISO_8859_1));
		return ascii ? bytes.length : count(text);
	}

	private static int count(String text) {
		int chars = text.length();
		int bytes = chars;
		for (int i = 0; i < chars; i++) {
			char c = text.charAt(i);
			if (c < 0x80) {
				continue;
			}
			if (c < 0x800) {
				bytes++;
			}
			else if (!Character.isSurrogate(c)) {
				bytes += 2;
			}
			else {
				if (!Character.isHighSurrogate(c) || i + 1 == chars || !Character.isLowSurrogate(text.charAt(i + 1))) {
					return -1;
				}
				bytes += 2;
				i++;
			}
		}
		return bytes;
	}

	/**
	 * Return the encoded length of a piece of a text that has no unpaired surrogates. If
	 * a character of four bytes is cut in two, each piece counts half of it.
	 * @param piece the piece
	 * @return the length in bytes
	 */
	public static int lengthOfPiece(String piece) {
		int bytes = piece.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > 0) {
			bytes += Character.isLowSurrogate(piece.charAt(0)) ? 1 : 0;
			bytes += Character.isHighSurrogate(piece.charAt(piece.length() - 1)) ? 1 : 0;
		}
		return bytes;
	}

	/**
	 * Cut a text to a number of encoded bytes, at a character boundary.
	 * @param text the text
	 * @param maxBytes the largest encoded length
	 * @return the text or its beginning
	 */
	static String cut(String text, int maxBytes) {
		int bytes = 0;
		int i = 0;
		while (i < text.length()) {
			int codePoint = text.codePointAt(i);
			bytes += (codePoint < 0x80) ? 1 : (codePoint < 0x800) ? 2 : (codePoint < 0x10000) ? 3 : 4;
			if (bytes > maxBytes) {
				return text.substring(0, i);
			}
			i += Character.charCount(codePoint);
		}
		return text;
	}

}
