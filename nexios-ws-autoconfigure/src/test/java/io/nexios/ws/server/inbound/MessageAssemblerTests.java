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

package io.nexios.ws.server.inbound;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.nexios.ws.WSMessage;
import io.nexios.ws.server.limit.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageAssembler}.
 *
 * @author Nexios Team
 */
class MessageAssemblerTests {

	private static final String GRIN = "\uD83D\uDE00";

	private static final int MANY = 1_000;

	private final TestSink sink = new TestSink();

	@Test
	void messageInOnePieceIsPassedOn() {
		new MessageAssembler(10, MANY, this.sink).text("abc", true);
		assertThat(this.sink.messages).containsExactly(new WSMessage.Text("abc"));
		assertThat(this.sink.sizes).containsExactly(3);
	}

	@Test
	void nothingIsPassedOnBeforeTheLastPiece() {
		MessageAssembler assembler = new MessageAssembler(10, MANY, this.sink);
		assembler.text("abc", false);
		assembler.text("def", false);
		assertThat(this.sink.messages).isEmpty();
	}

	@Test
	void piecesAreJoined() {
		MessageAssembler assembler = new MessageAssembler(10, MANY, this.sink);
		assembler.text("abc", false);
		assembler.text("", false);
		assembler.text("def", true);
		assertThat(this.sink.messages).containsExactly(new WSMessage.Text("abcdef"));
		assertThat(this.sink.sizes).containsExactly(6);
	}

	@Test
	void emptyMessagesArePassedOn() {
		MessageAssembler assembler = new MessageAssembler(10, MANY, this.sink);
		assembler.text("", true);
		assembler.text("", false);
		assembler.text("", true);
		assertThat(this.sink.messages).containsExactly(new WSMessage.Text(""), new WSMessage.Text(""));
		assertThat(this.sink.sizes).containsExactly(0, 0);
	}

	@Test
	void emptyBinaryMessageInPiecesIsPassedOn() {
		MessageAssembler assembler = new MessageAssembler(10, MANY, this.sink);
		assembler.binary(ByteBuffer.allocate(0), false);
		assembler.binary(ByteBuffer.allocate(0), true);
		assertThat(this.sink.bytes(0)).isEmpty();
	}

	@Test
	void binaryPiecesAreCopied() {
		byte[] buffer = { 1, 2, 3 };
		new MessageAssembler(10, MANY, this.sink).binary(ByteBuffer.wrap(buffer), true);
		buffer[0] = 9;
		assertThat(this.sink.bytes(0)).containsExactly(1, 2, 3);
	}

	@Test
	void onlyTheRemainingBytesOfABufferAreTaken() {
		new MessageAssembler(2, MANY, this.sink).binary(ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }, 1, 2).slice(), true);
		assertThat(this.sink.bytes(0)).containsExactly(2, 3);
	}

	@Test
	void directBufferIsTaken() {
		new MessageAssembler(2, MANY, this.sink).binary(ByteBuffer.allocateDirect(2).put(0, (byte) 7), true);
		assertThat(this.sink.bytes(0)).containsExactly(7, 0);
	}

	@Test
	void messageOfTheLimitPasses() {
		MessageAssembler assembler = new MessageAssembler(4, MANY, this.sink);
		assembler.text("abcd", true);
		assembler.text("abcd", true);
		assertThat(this.sink.messages).hasSize(2);
		assertThat(this.sink.exceeded).isEmpty();
	}

	@Test
	void messageBeyondTheLimitDoesNotPass() {
		new MessageAssembler(4, MANY, this.sink).text("abcde", true);
		assertThat(this.sink.messages).isEmpty();
		assertThat(this.sink.exceeded).containsExactly(Limit.MESSAGE_SIZE);
	}

	@Test
	void limitCountsBytesNotCharacters() {
		new MessageAssembler(3, MANY, this.sink).text("ää", true);
		assertThat(this.sink.exceeded).containsExactly(Limit.MESSAGE_SIZE);
	}

	@Test
	void limitIsNoticedBeforeTheMessageIsComplete() {
		MessageAssembler assembler = new MessageAssembler(4, MANY, this.sink);
		assembler.text("abc", false);
		assertThat(this.sink.exceeded).isEmpty();
		assembler.text("de", false);
		assertThat(this.sink.exceeded).containsExactly(Limit.MESSAGE_SIZE);
	}

	@Test
	void limitIsNoticedInBinaryMessages() {
		MessageAssembler assembler = new MessageAssembler(4, MANY, this.sink);
		assembler.binary(ByteBuffer.allocate(4), false);
		assertThat(this.sink.exceeded).isEmpty();
		assembler.binary(ByteBuffer.allocate(1), false);
		assertThat(this.sink.exceeded).containsExactly(Limit.MESSAGE_SIZE);
	}

	@Test
	void nothingFollowsAMessageThatIsTooLarge() {
		MessageAssembler assembler = new MessageAssembler(4, MANY, this.sink);
		assembler.text("abcde", false);
		assembler.text("f", true);
		assembler.text("g", true);
		assembler.binary(ByteBuffer.allocate(1), true);
		assembler.text("abcdefgh", true);
		assertThat(this.sink.messages).isEmpty();
		assertThat(this.sink.exceeded).containsExactly(Limit.MESSAGE_SIZE);
	}

	@Test
	void characterMayBeSplitBetweenPieces() {
		MessageAssembler assembler = new MessageAssembler(6, MANY, this.sink);
		assembler.text("a" + GRIN.charAt(0), false);
		assembler.text(GRIN.charAt(1) + "b", true);
		assertThat(this.sink.messages).containsExactly(new WSMessage.Text("a" + GRIN + "b"));
		assertThat(this.sink.sizes).containsExactly(6);
	}

	@Test
	void splitCharacterCountsForItselfAlone() {
		MessageAssembler assembler = new MessageAssembler(104, MANY, this.sink);
		assembler.text("a".repeat(100) + GRIN.charAt(0), false);
		assembler.text(GRIN.substring(1), true);
		assertThat(this.sink.exceeded).isEmpty();
	}

	@Test
	void anyTextInAnyPiecesIsJoinedUpToExactlyTheLimit() {
		Random random = new Random(20260802);
		for (int round = 0; round < 5_000; round++) {
			String text = randomText(random);
			int size = text.getBytes(StandardCharsets.UTF_8).length;
			TestSink sink = new TestSink();
			split(text, random, new MessageAssembler(Math.max(size, 1), MANY, sink));
			assertThat(sink.messages).containsExactly(new WSMessage.Text(text));
			assertThat(sink.sizes).containsExactly(size);
			assertThat(sink.exceeded).isEmpty();
		}
	}

	@Test
	void anyTextInAnyPiecesIsStoppedOneByteBeyondTheLimit() {
		Random random = new Random(20260803);
		for (int round = 0; round < 5_000; round++) {
			String text = randomText(random) + "ab";
			int size = text.getBytes(StandardCharsets.UTF_8).length;
			TestSink sink = new TestSink();
			split(text, random, new MessageAssembler(size - 1, MANY, sink));
			assertThat(sink.messages).isEmpty();
			assertThat(sink.exceeded).containsExactly(Limit.MESSAGE_SIZE);
		}
	}

	@Test
	void anyBytesInAnyPiecesAreJoined() {
		Random random = new Random(20260804);
		MessageAssembler assembler = new MessageAssembler(100, MANY, this.sink);
		for (int round = 0; round < 5_000; round++) {
			byte[] bytes = new byte[random.nextInt(101)];
			random.nextBytes(bytes);
			int start = 0;
			while (random.nextInt(4) != 0) {
				int end = start + random.nextInt(bytes.length - start + 1);
				assembler.binary(ByteBuffer.wrap(bytes, start, end - start), false);
				start = end;
			}
			assembler.binary(ByteBuffer.wrap(bytes, start, bytes.length - start), true);
			assertThat(this.sink.bytes(round)).isEqualTo(bytes);
			assertThat(this.sink.sizes.get(round)).isEqualTo(bytes.length);
		}
		assertThat(this.sink.exceeded).isEmpty();
	}

	@Test
	void fragmentsUpToTheLimitPass() {
		MessageAssembler assembler = new MessageAssembler(1_000, 3, this.sink);
		for (int message = 0; message < 2; message++) {
			assembler.text("a", false);
			assembler.text("", false);
			assembler.text("b", true);
		}
		assertThat(this.sink.messages).hasSize(2);
		assertThat(this.sink.exceeded).isEmpty();
	}

	@Test
	void fragmentAboveTheLimitDoesNotPass() {
		MessageAssembler assembler = new MessageAssembler(1_000, 3, this.sink);
		assembler.text("a", false);
		assembler.text("", false);
		assembler.text("b", false);
		assertThat(this.sink.exceeded).isEmpty();
		assembler.text("c", true);
		assertThat(this.sink.exceeded).containsExactly(Limit.FRAGMENTS);
		assembler.text("d", true);
		assertThat(this.sink.messages).isEmpty();
		assertThat(this.sink.exceeded).hasSize(1);
	}

	@Test
	void binaryFragmentAboveTheLimitDoesNotPass() {
		MessageAssembler assembler = new MessageAssembler(1_000, 1, this.sink);
		assembler.binary(ByteBuffer.allocate(0), false);
		assembler.binary(ByteBuffer.allocate(0), true);
		assertThat(this.sink.exceeded).containsExactly(Limit.FRAGMENTS);
	}

	@Test
	void fragmentsCountToTheEndOfTheirMessage() {
		MessageAssembler assembler = new MessageAssembler(1_000, 1, this.sink);
		for (int message = 0; message < 10; message++) {
			assembler.text("a", true);
		}
		assertThat(this.sink.messages).hasSize(10);
	}

	@Test
	void bytesOfLargerPiecesPayForTinyOnesInAnyOrder() {
		Random random = new Random(20260805);
		for (int round = 0; round < 2_000; round++) {
			int maxFragments = 1 + random.nextInt(5);
			TestSink sink = new TestSink();
			MessageAssembler assembler = new MessageAssembler(Integer.MAX_VALUE, maxFragments, sink);
			int bytes = 0;
			int tiny = 0;
			boolean allowed = true;
			while (allowed && bytes < 10_000) {
				int size = random.nextBoolean() ? random.nextInt(2) : random.nextInt(20);
				bytes += (size > 1) ? size : 0;
				tiny += (size > 1) ? 0 : 1;
				allowed = size > 1 || tiny <= maxFragments + bytes / 16;
				assembler.binary(ByteBuffer.allocate(size), false);
				assertThat(sink.exceeded.isEmpty()).isEqualTo(allowed);
			}
		}
	}

	@Test
	void piecesOfTwoBytesAreNotLimited() {
		MessageAssembler assembler = new MessageAssembler(Integer.MAX_VALUE, 1, this.sink);
		for (int i = 0; i < 10_000; i++) {
			assembler.text("ab", i == 9_999);
		}
		assertThat(this.sink.messages).containsExactly(new WSMessage.Text("ab".repeat(10_000)));
	}

	/**
	 * Cuts a message as the peer does into frames and the network does into packets, and
	 * delivers each part of a frame's content that is in one packet, also if it is empty.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 33, 64, 1_500 })
	void anyFragmentsAndPacketsOf32BytesOrMorePass(int spread) {
		Random random = new Random(20260806);
		for (int round = 0; round < 300; round++) {
			TestSink sink = new TestSink();
			MessageAssembler assembler = new MessageAssembler(Integer.MAX_VALUE, 2, sink);
			int packet = 32 + random.nextInt(spread);
			for (int frame = 0; frame < 200; frame++) {
				int left = 32 + random.nextInt(spread);
				packet -= 6;
				while (left > 0) {
					int piece = Math.min(left, Math.max(0, packet));
					left -= piece;
					assembler.binary(ByteBuffer.allocate(piece), left == 0 && frame == 199);
					packet -= piece;
					packet += (packet <= 0) ? 32 + random.nextInt(spread) : 0;
				}
			}
			assertThat(sink.exceeded).isEmpty();
			assertThat(sink.messages).hasSize(1);
		}
	}

	@Test
	void clockRunsFromTheFirstPieceToTheLast() {
		MessageAssembler assembler = new MessageAssembler(1_000, MANY, this.sink);
		assertThat(isRunning(assembler)).isFalse();
		assembler.text("a", false);
		assertThat(isRunning(assembler)).isTrue();
		assembler.text("b", true);
		assertThat(isRunning(assembler)).isFalse();
		assembler.text("c", true);
		assertThat(isRunning(assembler)).isFalse();
	}

	private static boolean isRunning(MessageAssembler assembler) {
		return assembler.clock().checkOverdue(System.nanoTime() + 1_000_000, Duration.ZERO, false);
	}

	private static String randomText(Random random) {
		String[] characters = { "a", "b", "ä", "€", "\uFFFF", GRIN, "\uDBFF\uDFFF", "\u0000", "\u07FF", "\u0800" };
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(30); i > 0; i--) {
			text.append(characters[random.nextInt(characters.length)]);
		}
		return text.toString();
	}

	private static void split(String text, Random random, MessageAssembler assembler) {
		int start = 0;
		while (random.nextInt(4) != 0) {
			int end = start + random.nextInt(text.length() - start + 1);
			assembler.text(text.substring(start, end), false);
			start = end;
		}
		assembler.text(text.substring(start), true);
	}

	private static final class TestSink implements MessageAssembler.Sink {

		private final List<WSMessage> messages = new ArrayList<>();

		private final List<Integer> sizes = new ArrayList<>();

		private final List<Limit> exceeded = new ArrayList<>();

		@Override
		public void message(WSMessage message, int size) {
			this.messages.add(message);
			this.sizes.add(size);
		}

		@Override
		public void exceeded(Limit limit) {
			this.exceeded.add(limit);
		}

		byte[] bytes(int index) {
			return ((WSMessage.Bytes) this.messages.get(index)).bytes();
		}

	}

}
