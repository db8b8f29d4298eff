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
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Envelope}.
 *
 * @author Nexios Team
 */
class EnvelopeTests {

	private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final String GOLDEN_ID = "00112233445566778899aabbccddeeff";

	private static final String GOLDEN_TIME = "0000018bcfe56800";

	private static final long TIME = 1_700_000_000_000L;

	private static final int HEADER = 25;

	private final Random random = new Random(7);

	@Test
	void formatDoesNotChange() {
		assertGolden("00" + GOLDEN_ID + GOLDEN_TIME + "7b7d",
				new Envelope(ID, TIME, new Payload.Json("{}"), null, null));
		assertGolden("01" + GOLDEN_ID + GOLDEN_TIME + "c3a4",
				new Envelope(ID, TIME, new Payload.Text("ä"), null, null));
		assertGolden("81" + GOLDEN_ID + GOLDEN_TIME + "03612e62" + "68",
				new Envelope(ID, TIME, new Payload.Text("h"), "a.b", null));
		assertGolden("c0" + GOLDEN_ID + GOLDEN_TIME + "0161" + "00026b31" + "31",
				new Envelope(ID, TIME, new Payload.Json("1"), "a", "k1"));
		Envelope bytes = new Envelope(ID, TIME, new Payload.Bytes(new byte[] { 0, -1 }), null, null);
		assertThat(hex(bytes.encode())).isEqualTo("02" + GOLDEN_ID + GOLDEN_TIME + "00ff");
		assertSame(bytes, decode(bytes.encode()));
	}

	private static void assertGolden(String hex, Envelope envelope) {
		assertThat(hex(envelope.encode())).isEqualTo(hex);
		assertThat(decode(HexFormat.of().parseHex(hex))).isEqualTo(envelope);
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	private static @Nullable Envelope decode(byte[] bytes) {
		return Envelope.decode(ByteBuffer.wrap(bytes));
	}

	private static void assertSame(Envelope expected, @Nullable Envelope actual) {
		assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
	}

	@Test
	void everyEnvelopeIsReadAsItWasWritten() {
		for (int i = 0; i < 5_000; i++) {
			Envelope envelope = WireSamples.envelope(this.random);
			assertSame(envelope, decode(envelope.encode()));
		}
	}

	@Test
	void publicationIsReadAsItWasWritten() {
		Publication publication = new Publication("g", ID, Instant.ofEpochMilli(TIME), new Payload.Text("x"), "a",
				true);
		assertThat(Envelope.of(publication).publication("g", true)).isEqualTo(publication);
	}

	@Test
	void exceptionThatIsNoChannelIdIsLeftOut() {
		Publication publication = new Publication("g", ID, Instant.EPOCH, new Payload.Text("x"), "é".repeat(128),
				false);
		assertThat(Envelope.of(publication).except()).isNull();
	}

	@Test
	void truncatedEnvelopeIsUnreadableOrHasLessPayload() {
		for (int i = 0; i < 200; i++) {
			Envelope envelope = WireSamples.envelope(this.random);
			byte[] bytes = envelope.encode();
			for (int length = 0; length < bytes.length; length++) {
				Envelope read = Envelope.decode(ByteBuffer.wrap(bytes, 0, length));
				assertThat(read == null || read.except() == null || read.except().equals(envelope.except())).isTrue();
				assertThat(read == null || length >= HEADER).isTrue();
			}
		}
	}

	@Test
	void flippedBitNeverThrows() {
		for (int i = 0; i < 50; i++) {
			byte[] bytes = WireSamples.envelope(this.random).encode();
			for (int bit = 0; bit < 8 * bytes.length; bit++) {
				byte[] flipped = WireSamples.flip(bytes, bit);
				Envelope read = decode(flipped);
				assertThat(read == null || hex(read.encode()).equals(hex(flipped))).as("Bit %d", bit).isTrue();
			}
		}
	}

	@Test
	void randomBytesNeverThrow() {
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = new byte[this.random.nextInt(60)];
			this.random.nextBytes(bytes);
			Envelope read = decode(bytes);
			assertThat(read == null || hex(read.encode()).equals(hex(bytes))).isTrue();
		}
	}

	@Test
	void laterVersionIsUnreadable() {
		byte[] bytes = new Envelope(ID, TIME, new Payload.Text("x"), null, null).encode();
		for (int kind = 0; kind < 256; kind++) {
			if ((kind & 0x3F) > 2) {
				bytes[0] = (byte) kind;
				assertThat(decode(bytes)).as("Kind %d", kind).isNull();
			}
		}
	}

	@Test
	void idOfEveryVersionIsKnown() {
		byte[] bytes = HexFormat.of().parseHex("3f" + GOLDEN_ID);
		assertThat(Envelope.idOf(ByteBuffer.wrap(bytes))).isEqualTo(ID.getLeastSignificantBits());
		assertThat(Envelope.idOf(ByteBuffer.wrap(bytes, 0, 11))).isEqualTo(0x8899_0000_0000_0000L);
		assertThat(Envelope.idOf(ByteBuffer.wrap(bytes, 0, 3))).isZero();
	}

}
