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

package io.nexios.ws.testsupport;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * One frame of RFC 6455, 5.2, valid or not.
 *
 * @param opcode the opcode, 0 to 15
 * @param payload the payload, not masked
 * @param fin whether it ends a message
 * @param rsv the three reserved bits, 0 to 7
 * @param masked whether to mask the payload on the wire
 * @param declaredLength the length in the header, usually that of the payload
 * @author Nexios Team
 */
public record RawFrame(int opcode, byte[] payload, boolean fin, int rsv, boolean masked, long declaredLength) {

	/** Opcode of a continuation frame. */
	public static final int CONTINUATION = 0x0;

	/** Opcode of a text frame. */
	public static final int TEXT = 0x1;

	/** Opcode of a binary frame. */
	public static final int BINARY = 0x2;

	/** Opcode of a close frame. */
	public static final int CLOSE = 0x8;

	/** Opcode of a ping frame. */
	public static final int PING = 0x9;

	/** Opcode of a pong frame. */
	public static final int PONG = 0xA;

	private static final int MAX_HEADER = 14;

	public static RawFrame of(int opcode, byte... payload) {
		return new RawFrame(opcode, payload, true, 0, true, payload.length);
	}

	public static RawFrame of(int opcode, String payload) {
		return of(opcode, payload.getBytes(StandardCharsets.UTF_8));
	}

	public static RawFrame text(String text) {
		return of(TEXT, text);
	}

	public static RawFrame binary(byte... bytes) {
		return of(BINARY, bytes);
	}

	public static RawFrame continuation(String text) {
		return of(CONTINUATION, text);
	}

	public static RawFrame ping(String payload) {
		return of(PING, payload);
	}

	public static RawFrame pong(String payload) {
		return of(PONG, payload);
	}

	public static RawFrame close() {
		return of(CLOSE);
	}

	public static RawFrame close(int code, String reason) {
		byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
		return of(CLOSE, ByteBuffer.allocate(2 + bytes.length).putShort((short) code).put(bytes).array());
	}

	/**
	 * Return this frame as one that more fragments follow.
	 * @return a frame without the FIN bit
	 */
	public RawFrame notFinal() {
		return new RawFrame(this.opcode, this.payload, false, this.rsv, this.masked, this.declaredLength);
	}

	public RawFrame withRsv(int rsv) {
		return new RawFrame(this.opcode, this.payload, this.fin, rsv, this.masked, this.declaredLength);
	}

	public RawFrame unmasked() {
		return new RawFrame(this.opcode, this.payload, this.fin, this.rsv, false, this.declaredLength);
	}

	/**
	 * Return this frame with a length in its header that need not be true.
	 * @param length the length to declare
	 * @return a frame with that length in its header
	 */
	public RawFrame declaring(long length) {
		return new RawFrame(this.opcode, this.payload, this.fin, this.rsv, this.masked, length);
	}

	public boolean isControl() {
		return this.opcode >= CLOSE;
	}

	public String text() {
		return new String(this.payload, StandardCharsets.UTF_8);
	}

	/**
	 * Return the code of a close frame.
	 * @return the code, or 1005 if the frame has none
	 */
	public int closeCode() {
		return (this.payload.length < 2) ? 1005 : ByteBuffer.wrap(this.payload).getShort() & 0xFFFF;
	}

	/**
	 * Return the reason of a close frame.
	 * @return the reason, possibly empty
	 */
	public String closeReason() {
		return (this.payload.length < 2) ? ""
				: new String(this.payload, 2, this.payload.length - 2, StandardCharsets.UTF_8);
	}

	/**
	 * Return what goes over the wire.
	 * @return the header and the payload
	 */
	public byte[] toBytes() {
		return toBytes(ThreadLocalRandom.current());
	}

	/**
	 * Return what goes over the wire, the same whenever the random numbers are.
	 * @param masks where masks come from
	 * @return the header and the payload
	 */
	public byte[] toBytes(Random masks) {
		ByteBuffer bytes = ByteBuffer.allocate(MAX_HEADER + this.payload.length);
		bytes.put((byte) ((this.fin ? 0x80 : 0) | (this.rsv << 4) | this.opcode));
		putLength(bytes, this.masked ? 0x80 : 0);
		putPayload(bytes, masks);
		byte[] wire = new byte[bytes.flip().remaining()];
		bytes.get(wire);
		return wire;
	}

	private void putLength(ByteBuffer bytes, int maskBit) {
		if (this.declaredLength >= 0 && this.declaredLength < 126) {
			bytes.put((byte) (maskBit | this.declaredLength));
		}
		else if (this.declaredLength >= 0 && this.declaredLength < 1 << 16) {
			bytes.put((byte) (maskBit | 126)).putShort((short) this.declaredLength);
		}
		else {
			bytes.put((byte) (maskBit | 127)).putLong(this.declaredLength);
		}
	}

	private void putPayload(ByteBuffer bytes, Random masks) {
		if (!this.masked) {
			bytes.put(this.payload);
			return;
		}
		byte[] mask = new byte[4];
		masks.nextBytes(mask);
		bytes.put(mask);
		for (int i = 0; i < this.payload.length; i++) {
			bytes.put((byte) (this.payload[i] ^ mask[i & 3]));
		}
	}

	/**
	 * Read a frame of a server, which must not be masked.
	 * @param in where to read from
	 * @return the frame, or {@code null} at the end of the stream
	 * @throws IOException if reading fails, also because the stream ends within the frame
	 */
	static @Nullable RawFrame read(DataInputStream in) throws IOException {
		int first = in.read();
		if (first < 0) {
			return null;
		}
		int second = in.readUnsignedByte();
		if ((second & 0x80) != 0) {
			throw new IOException("The server masked a frame");
		}
		long length = switch (second) {
			case 126 -> in.readUnsignedShort();
			case 127 -> in.readLong();
			default -> second;
		};
		byte[] payload = in.readNBytes(Math.toIntExact(length));
		if (payload.length < length) {
			throw new EOFException("The stream ended within a frame");
		}
		return new RawFrame(first & 0x0F, payload, (first & 0x80) != 0, (first >> 4) & 7, false, length);
	}

	@Override
	public String toString() {
		String content = switch (this.opcode) {
			case CLOSE -> closeCode() + " '" + closeReason() + "'";
			case BINARY -> this.payload.length + " bytes";
			default -> "'" + ((this.payload.length > 200) ? this.payload.length + " bytes" : text()) + "'";
		};
		return "frame 0x%X%s%s %s".formatted(this.opcode, this.fin ? "" : " not final",
				(this.rsv != 0) ? " rsv " + this.rsv : "", content);
	}

}
