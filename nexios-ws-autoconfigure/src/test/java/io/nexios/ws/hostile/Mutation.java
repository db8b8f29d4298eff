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

package io.nexios.ws.hostile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.nexios.ws.testsupport.RawFrame;

/**
 * A conversation that begins as a valid one and then has some of its bytes, lengths,
 * flags and its order changed. The same for the same seed.
 *
 * @author Nexios Team
 */
final class Mutation {

	private static final long[] LENGTHS = { 0, 1, 125, 126, 127, 65_535, 65_536, Integer.MAX_VALUE, 1L << 31, 1L << 62,
			Long.MAX_VALUE, Long.MIN_VALUE, -1 };

	private final Random random;

	private Mutation(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Return a changed request of a handshake.
	 * @param seed what decides about the changes
	 * @param request a valid request
	 * @return the bytes to send
	 */
	static byte[] ofRequest(long seed, byte[] request) {
		return new Mutation(seed).changeBytes(request);
	}

	/**
	 * Return changed frames.
	 * @param seed what decides about the changes
	 * @return the bytes to send, behind a handshake
	 */
	static byte[] ofFrames(long seed) {
		return new Mutation(seed).frames();
	}

	private byte[] frames() {
		List<RawFrame> frames = new ArrayList<>();
		for (int i = 1 + this.random.nextInt(5); i > 0; i--) {
			frames.addAll(validFrames());
		}
		if (this.random.nextInt(4) == 0) {
			Collections.shuffle(frames, this.random);
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		frames.forEach((frame) -> bytes.writeBytes(change(frame).toBytes(this.random)));
		return this.random.nextBoolean() ? changeBytes(bytes.toByteArray()) : bytes.toByteArray();
	}

	private List<RawFrame> validFrames() {
		String text = "\u00e4\u20ac".repeat(this.random.nextInt(100));
		return switch (this.random.nextInt(6)) {
			case 0 -> List.of(RawFrame.text(text));
			case 1 -> List.of(RawFrame.binary(new byte[this.random.nextInt(70_000)]));
			case 2 -> List.of(RawFrame.text(text).notFinal(), RawFrame.ping("within"),
					RawFrame.continuation(text).notFinal(), RawFrame.continuation(""));
			case 3 -> List.of(RawFrame.ping("p"));
			case 4 -> List.of(RawFrame.pong("p"));
			default -> List.of(RawFrame.close(1000 + this.random.nextInt(20), text.substring(0, text.length() / 8)));
		};
	}

	private RawFrame change(RawFrame frame) {
		return switch (this.random.nextInt(12)) {
			case 0 ->
				new RawFrame(this.random.nextInt(16), frame.payload(), frame.fin(), 0, true, frame.payload().length);
			case 1 -> frame.notFinal();
			case 2 -> frame.withRsv(this.random.nextInt(8));
			case 3 -> frame.unmasked();
			case 4 -> frame.declaring(LENGTHS[this.random.nextInt(LENGTHS.length)]);
			case 5 -> frame.declaring(this.random.nextLong());
			default -> frame;
		};
	}

	private byte[] changeBytes(byte[] bytes) {
		ByteArrayOutputStream changed = new ByteArrayOutputStream();
		int oneIn = 1 + this.random.nextInt(2 * bytes.length + 1);
		for (byte next : bytes) {
			if (this.random.nextInt(oneIn) != 0) {
				changed.write(next);
				continue;
			}
			int kind = this.random.nextInt(4);
			if (kind != 0) {
				changed.write((kind == 1) ? this.random.nextInt() : next ^ (1 << this.random.nextInt(8)));
			}
			if (kind == 3) {
				changed.write(next);
			}
		}
		return changed.toByteArray();
	}

}
