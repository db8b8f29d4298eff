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
import java.nio.charset.StandardCharsets;

import io.nexios.ws.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * The messages on the channel of a group, the entries of its stream, and its meta hash.
 * <pre>
 * saved message on a channel    N1 epoch (8 bytes) previous id (8 bytes) offset in decimal : envelope
 * other message on a channel    N0 envelope
 * entry of a stream             id offset-0, field p: previous id (8 bytes), field d: envelope
 * meta hash                     field e: epoch (8 bytes), n: last offset in decimal, f: last id (8 bytes)
 * </pre> Reading never throws an exception. A message is foreign if it does not begin
 * like that, because then its place is not known. An id of less than 8 bytes is filled up
 * with zeros.
 *
 * @author Nexios Team
 */
public final class WireFormat {

	private static final int BEGIN = 'N';

	private static final int UNSAVED = '0';

	private static final int SAVED = '1';

	private static final int SAVED_HEADER = 18;

	private static final String ENTRY_END = "-0";

	private WireFormat() {
	}

	public static byte[] unsaved(Envelope envelope) {
		byte[] encoded = envelope.encode();
		return ByteBuffer.allocate(2 + encoded.length).put((byte) BEGIN).put((byte) UNSAVED).put(encoded).array();
	}

	/**
	 * Read a message from the channel of a group.
	 * @param bytes the bytes
	 * @return what they are
	 */
	public static Arrival message(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		if (in.remaining() < 2 || in.get() != BEGIN) {
			return new Arrival.Foreign();
		}
		return switch (in.get()) {
			case UNSAVED -> unsaved(in, bytes.length);
			case SAVED -> saved(in, bytes.length);
			default -> new Arrival.Foreign();
		};
	}

	private static Arrival unsaved(ByteBuffer in, int size) {
		Envelope envelope = Envelope.decode(in);
		return (envelope != null) ? new Arrival.Unsaved(envelope, size) : new Arrival.Foreign();
	}

	private static Arrival saved(ByteBuffer in, int size) {
		if (size < SAVED_HEADER) {
			return new Arrival.Foreign();
		}
		long epoch = in.getLong();
		long previous = in.getLong();
		long offset = ByteText.decimal(in, ':');
		return (offset > 0) ? placed(epoch, offset, previous, in, size) : new Arrival.Foreign();
	}

	/**
	 * Read an entry of the stream of a group.
	 * @param epoch the epoch of the group
	 * @param id the id of the entry
	 * @param previous the field {@code p}, or {@code null} if it is missing
	 * @param envelope the field {@code d}, or {@code null} if it is missing
	 * @return what it is
	 */
	public static Arrival entry(long epoch, String id, byte @Nullable [] previous, byte @Nullable [] envelope) {
		long offset = id.endsWith(ENTRY_END) ? decimal(id.substring(0, id.length() - ENTRY_END.length())) : -1;
		if (offset <= 0 || previous == null || envelope == null) {
			return new Arrival.Foreign();
		}
		return placed(epoch, offset, ByteText.paddedLong(ByteBuffer.wrap(previous)), ByteBuffer.wrap(envelope),
				envelope.length);
	}

	private static Arrival placed(long epoch, long offset, long previous, ByteBuffer in, int size) {
		Position position = new Position(epoch, offset, Envelope.idOf(in));
		Envelope envelope = Envelope.decode(in);
		return (envelope != null) ? new Arrival.Saved(position, previous, envelope, size)
				: new Arrival.Unreadable(position, previous, size);
	}

	/**
	 * Read the fields of a meta hash.
	 * @param epoch the field {@code e}
	 * @param offset the field {@code n}
	 * @param id the field {@code f}
	 * @return the end of the saved messages of the group, or {@code null} if a field is
	 * malformed
	 */
	public static @Nullable Position end(byte[] epoch, byte[] offset, byte[] id) {
		long number = decimal(new String(offset, StandardCharsets.ISO_8859_1));
		if (epoch.length != Long.BYTES || number < 0) {
			return null;
		}
		return new Position(ByteBuffer.wrap(epoch).getLong(), number, ByteText.paddedLong(ByteBuffer.wrap(id)));
	}

	private static long decimal(String number) {
		return ByteText.decimal(StandardCharsets.ISO_8859_1.encode(number + ':'), ':');
	}

}
