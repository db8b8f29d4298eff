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

import java.util.Random;
import java.util.UUID;

import io.nexios.ws.broker.Payload;

/**
 * Random envelopes, and changes of bytes.
 *
 * @author Nexios Team
 */
final class WireSamples {

	private WireSamples() {
	}

	static Envelope envelope(Random random) {
		String text = text(random, 12);
		byte[] bytes = new byte[random.nextInt(12)];
		random.nextBytes(bytes);
		Payload payload = switch (random.nextInt(3)) {
			case 0 -> new Payload.Json(text);
			case 1 -> new Payload.Text(text);
			default -> new Payload.Bytes(bytes);
		};
		return new Envelope(new UUID(random.nextLong(), random.nextLong()), random.nextLong(), payload,
				random.nextBoolean() ? text(random, 40) : null, random.nextBoolean() ? text(random, 300) : null);
	}

	private static String text(Random random, int maxLength) {
		int[] samples = { 'a', 0, 'ä', '€', 0xFFFD, 0x1F600, '{' };
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(maxLength); i > 0; i--) {
			text.appendCodePoint(samples[random.nextInt(samples.length)]);
		}
		return text.toString();
	}

	static byte[] flip(byte[] bytes, int bit) {
		byte[] flipped = bytes.clone();
		flipped[bit / 8] ^= (byte) (1 << (bit % 8));
		return flipped;
	}

}
