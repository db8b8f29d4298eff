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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.cursor.SimulatedRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WireFormat}.
 *
 * @author Nexios Team
 */
class WireFormatTests {

	private static final Envelope ENVELOPE = new Envelope(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
			1_700_000_000_000L, new Payload.Text("hi"), null, null);

	private static final Position POSITION = new Position(0x0102030405060708L, 42,
			ENVELOPE.id().getLeastSignificantBits());

	private static final String GOLDEN = "0100112233445566778899aabbccddeeff0000018bcfe568006869";

	private static final Arrival FOREIGN = new Arrival.Foreign();

	private final Random random = new Random(11);

	@Test
	void formatDoesNotChange() {
		assertThat(HexFormat.of().formatHex(WireFormat.unsaved(ENVELOPE))).isEqualTo("4e30" + GOLDEN);
		assertThat(WireFormat.message(bytes("4e30" + GOLDEN))).isEqualTo(new Arrival.Unsaved(ENVELOPE, 29));
		assertThat(WireFormat.message(bytes("4e31" + "0102030405060708" + "0000000000000009" + "34323a" + GOLDEN)))
			.isEqualTo(new Arrival.Saved(POSITION, 9, ENVELOPE, 48));
		assertThat(WireFormat.entry(POSITION.epoch(), "42-0", bytes("0000000000000009"), bytes(GOLDEN)))
			.isEqualTo(new Arrival.Saved(POSITION, 9, ENVELOPE, 27));
		assertThat(WireFormat.end(bytes("0102030405060708"), "42".getBytes(StandardCharsets.US_ASCII),
				bytes("8899aabbccddeeff")))
			.isEqualTo(POSITION);
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	@Test
	void everyMessageIsReadAsItWasWritten() {
		for (int i = 0; i < 2_000; i++) {
			Envelope envelope = WireSamples.envelope(this.random);
			Position position = new Position(this.random.nextLong(),
					this.random.nextLong(1, 1_000_000_000_000_000_000L), envelope.id().getLeastSignificantBits());
			long previous = this.random.nextLong();
			byte[] message = SimulatedRedis.channelMessage(position, previous, envelope.encode());
			assertThat(WireFormat.message(message)).usingRecursiveComparison()
				.isEqualTo(new Arrival.Saved(position, previous, envelope, message.length));
			byte[] unsaved = WireFormat.unsaved(envelope);
			assertThat(WireFormat.message(unsaved)).usingRecursiveComparison()
				.isEqualTo(new Arrival.Unsaved(envelope, unsaved.length));
		}
	}

	@Test
	void truncatedMessageIsForeignUntilItsPlaceIsKnown() {
		byte[] message = SimulatedRedis.channelMessage(POSITION, 9, ENVELOPE.encode());
		for (int length = 0; length < message.length; length++) {
			Arrival read = WireFormat.message(Arrays.copyOf(message, length));
			Class<?> expected = (length < 21) ? Arrival.Foreign.class
					: (length < 46) ? Arrival.Unreadable.class : Arrival.Saved.class;
			assertThat(read).as("Length %d", length).isInstanceOf(expected);
			if (length >= 38) {
				assertThat(((Arrival.Placed) read).position()).isEqualTo(POSITION);
			}
		}
	}

	@Test
	void laterVersionHasItsPlace() {
		byte[] envelope = ENVELOPE.encode();
		envelope[0] = 3;
		byte[] message = SimulatedRedis.channelMessage(POSITION, 9, envelope);
		assertThat(WireFormat.message(message)).isEqualTo(new Arrival.Unreadable(POSITION, 9, message.length));
		assertThat(WireFormat.entry(POSITION.epoch(), "42-0", bytes("0000000000000009"), envelope))
			.isEqualTo(new Arrival.Unreadable(POSITION, 9, envelope.length));
		assertThat(WireFormat.message(bytes("4e30" + HexFormat.of().formatHex(envelope)))).isEqualTo(FOREIGN);
	}

	@Test
	void flippedBitNeverThrows() {
		byte[] message = SimulatedRedis.channelMessage(POSITION, 9, ENVELOPE.encode());
		byte[] unsaved = WireFormat.unsaved(ENVELOPE);
		for (int bit = 0; bit < 8 * message.length; bit++) {
			assertThat(WireFormat.message(WireSamples.flip(message, bit))).isNotNull();
		}
		for (int bit = 0; bit < 8 * unsaved.length; bit++) {
			assertThat(WireFormat.message(WireSamples.flip(unsaved, bit))).isNotNull();
		}
	}

	@Test
	void randomBytesNeverThrow() {
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = new byte[this.random.nextInt(60)];
			this.random.nextBytes(bytes);
			assertThat(WireFormat.entry(1, "7-0", bytes, bytes)).isInstanceOf(Arrival.Placed.class);
			assertThat(WireFormat.message(bytes)).isNotNull();
			if (bytes.length >= 2) {
				bytes[0] = 'N';
				bytes[1] = (byte) ('0' + this.random.nextInt(3));
			}
			assertThat(WireFormat.message(bytes)).isNotNull();
			assertThat(end(bytes)).isTrue();
		}
	}

	private static boolean end(byte[] bytes) {
		Position end = WireFormat.end(bytes, bytes, bytes);
		return end == null || end.offset() >= 0;
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "N", "N2", "M1", "n1", "hello", "{\"a\":1}" })
	void whatDoesNotBeginAsAMessageIsForeign(String text) {
		assertThat(WireFormat.message(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(FOREIGN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "0:", "01:", "-1:", "+1:", "1", " 1:", "1e15:", "9223372036854775807:",
			"9223372036854775808:", "1000000000000000000:", "99999999999999999999999:" })
	void messageWithoutAnOffsetIsForeign(String offset) {
		byte[] message = ("N1" + "eeeeeeee" + "pppppppp" + offset).getBytes(StandardCharsets.US_ASCII);
		assertThat(WireFormat.message(message)).isEqualTo(FOREIGN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-0", "5", "5-1", "5-00", "0-0", "x-0", "5-0-0", "18446744073709551615-0", "٣-0" })
	void entryWithAnotherIdIsForeign(String id) {
		assertThat(WireFormat.entry(1, id, new byte[8], ENVELOPE.encode())).isEqualTo(FOREIGN);
	}

	@Test
	void entryWithoutItsFieldsIsForeign() {
		assertThat(WireFormat.entry(1, "5-0", null, ENVELOPE.encode())).isEqualTo(FOREIGN);
		assertThat(WireFormat.entry(1, "5-0", new byte[8], null)).isEqualTo(FOREIGN);
	}

	@Test
	void chainHoldsAcrossAnEnvelopeThatIsTooShort() {
		byte[] truncated = Arrays.copyOf(ENVELOPE.encode(), 12);
		byte[] id = Arrays.copyOfRange(truncated, 9, 12);
		Arrival.Placed first = placed(WireFormat.entry(1, "5-0", new byte[8], truncated));
		Arrival.Placed second = placed(WireFormat.entry(1, "6-0", id, ENVELOPE.encode()));
		assertThat(second.before()).isEqualTo(first.position());
	}

	private static Arrival.Placed placed(@Nullable Arrival arrival) {
		assertThat(arrival).isInstanceOf(Arrival.Placed.class);
		return (Arrival.Placed) arrival;
	}

	@Test
	void groupWithoutMessagesHasAnEnd() {
		byte[] zero = "0".getBytes(StandardCharsets.US_ASCII);
		assertThat(WireFormat.end(bytes("0102030405060708"), zero, new byte[8]))
			.isEqualTo(Position.start(POSITION.epoch()));
		assertThat(WireFormat.end(new byte[7], zero, new byte[8])).isNull();
	}

}
