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
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Utf8}.
 *
 * @author Nexios Team
 */
class Utf8Tests {

	private static final String GRIN = "\uD83D\uDE00";

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "\u0000", "\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF",
			"\uD800\uDC00", "\uDBFF\uDFFF", "aä€" + GRIN })
	void lengthIsThatOfTheEncodedText(String text) {
		assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xD800, 0xDBFF, 0xDC00, 0xDFFF })
	void textWithAnUnpairedSurrogateHasNoLength(int surrogate) {
		char c = (char) surrogate;
		assertThat(Utf8.length(String.valueOf(c))).isEqualTo(-1);
		assertThat(Utf8.length("a" + c)).isEqualTo(-1);
		assertThat(Utf8.length(c + "a")).isEqualTo(-1);
		assertThat(Utf8.length("" + c + c)).isEqualTo(-1);
	}

	@Test
	void surrogatesInTheWrongOrderHaveNoLength() {
		assertThat(Utf8.length("\uDE00\uD83D")).isEqualTo(-1);
	}

	@Test
	void lengthOfAnyTextIsThatOfItsBytes() {
		Random random = new Random(20260805);
		for (int i = 0; i < 50_000; i++) {
			String text = randomText(random);
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			boolean lossless = new String(bytes, StandardCharsets.UTF_8).equals(text);
			assertThat(Utf8.length(text)).isEqualTo(lossless ? bytes.length : -1);
		}
	}

	@Test
	void lengthsOfThePiecesAddUpToThatOfTheText() {
		Random random = new Random(20261125);
		for (int i = 0; i < 50_000; i++) {
			String text = randomText(random);
			int length = Utf8.length(text);
			int cut = random.nextInt(text.length() + 1);
			if (length >= 0) {
				assertThat(Utf8.lengthOfPiece(text.substring(0, cut)) + Utf8.lengthOfPiece(text.substring(cut)))
					.isEqualTo(length);
			}
		}
	}

	@Test
	void textThatFitsIsNotCut() {
		String text = "aä€" + GRIN;
		assertThat(Utf8.cut(text, 10)).isSameAs(text);
	}

	@Test
	void textIsCutAtACharacterBoundary() {
		String text = "aä€" + GRIN;
		assertThat(Utf8.cut(text, 9)).isEqualTo("aä€");
		assertThat(Utf8.cut(text, 5)).isEqualTo("aä");
		assertThat(Utf8.cut(text, 2)).isEqualTo("a");
		assertThat(Utf8.cut(text, 0)).isEmpty();
	}

	@Test
	void anyTextIsCutToTheLongestBeginningThatFits() {
		Random random = new Random(20260806);
		for (int i = 0; i < 50_000; i++) {
			String text = randomText(random);
			int maxBytes = random.nextInt(20);
			String cut = Utf8.cut(text, maxBytes);
			assertThat(text).startsWith(cut);
			assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(maxBytes);
			if (Utf8.length(text) >= 0 && cut.length() < text.length()) {
				String longer = text.substring(0, text.offsetByCodePoints(cut.length(), 1));
				assertThat(Utf8.length(cut)).isNotNegative();
				assertThat(Utf8.length(longer)).isGreaterThan(maxBytes);
			}
		}
	}

	private static String randomText(Random random) {
		char[] chars = new char[random.nextInt(10)];
		for (int i = 0; i < chars.length; i++) {
			chars[i] = (char) switch (random.nextInt(6)) {
				case 0 -> 0xD800 + random.nextInt(0x400);
				case 1 -> 0xDC00 + random.nextInt(0x400);
				case 2 -> random.nextInt(0x10000);
				case 3 -> random.nextInt(0x800);
				default -> random.nextInt(0x80);
			};
			if (Character.isHighSurrogate(chars[i]) && i + 1 < chars.length && random.nextInt(4) != 0) {
				chars[++i] = (char) (0xDC00 + random.nextInt(0x400));
			}
		}
		return new String(chars);
	}

}
