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
import java.time.Instant;
import java.util.UUID;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A message without its group and its place, as bytes. All numbers are big-endian: <pre>
 * kind     1 byte: 0 JSON, 1 text, 2 bytes; bit 7: an exception follows;
 *          bit 6: a conflation key follows; the other bits are 0
 * id       16 bytes: the UUID of the message
 * created  8 bytes: milliseconds since 1970
 * except   if bit 7 is set: length (1 byte), channel id in UTF-8
 * key      if bit 6 is set: length (2 bytes), conflation key in UTF-8
 * payload  the rest: UTF-8, or the bytes
 * </pre> The first 17 bytes are the same in all later versions. A later version has a
 * kind that this one does not know.
 *
 * @param id the id of the message
 * @param created when it was sent, in milliseconds since 1970
 * @param payload the content
 * @param except the channel that does not get the message, or {@code null}
 * @param conflationKey a key that is kept and has no meaning yet, or {@code null}
 * @author Nexios Team
 */
public record Envelope(UUID id, long created, Payload payload, @Nullable String except,
		@Nullable String conflationKey) {

	private static final int EXCEPTION = 0x80;

	private static final int CONFLATION_KEY = 0x40;

	private static final int KIND = 0x3F;

	private static final int LOW_ID = 9;

	private static final int HEADER = 25;

	private static final int MAX_EXCEPTION = 0xFF;

	private static final int MAX_CONFLATION_KEY = 0xFFFF;

	/**
	 * Create the envelope of a publication. An exception of more than 255 bytes is left
	 * out, because no channel has such an id.
	 * @param publication the publication
	 * @return the envelope
	 */
	public static Envelope of(Publication publication) {
		String except = publication.except();
		boolean fits = except != null && except.getBytes(StandardCharsets.UTF_8).length <= MAX_EXCEPTION;
		return new Envelope(publication.id(), publication.created().toEpochMilli(), publication.payload(),
				fits ? except : null, null);
	}

	public Publication publication(String group, boolean saved) {
		return new Publication(group, this.id, Instant.ofEpochMilli(this.created), this.payload, this.except, saved);
	}

	public byte[] encode() {
		byte[] except = ByteText.encode(this.except, MAX_EXCEPTION);
		byte[] key = ByteText.encode(this.conflationKey, MAX_CONFLATION_KEY);
		byte[] content = PayloadFormat.content(this.payload);
		ByteBuffer out = ByteBuffer.allocate(HEADER + size(except, 1) + size(key, 2) + content.length);
		out.put((byte) (PayloadFormat.kind(this.payload) | ((except != null) ? EXCEPTION : 0)
				| ((key != null) ? CONFLATION_KEY : 0)));
		out.putLong(this.id.getMostSignificantBits()).putLong(this.id.getLeastSignificantBits());
		out.putLong(this.created);
		if (except != null) {
			out.put((byte) except.length).put(except);
		}
		if (key != null) {
			out.putShort((short) key.length).put(key);
		}
		return out.put(content).array();
	}

	private static int size(byte @Nullable [] text, int prefix) {
		return (text != null) ? prefix + text.length : 0;
	}

	/**
	 * Read the rest of a buffer.
	 * @param in the buffer
	 * @return the envelope, or {@code null} if it is of a later version or malformed
	 */
	public static @Nullable Envelope decode(ByteBuffer in) {
		if (in.remaining() < HEADER) {
			return null;
		}
		int kind = in.get();
		UUID id = new UUID(in.getLong(), in.getLong());
		long created = in.getLong();
		String except = ((kind & EXCEPTION) != 0) ? ByteText.decode(in, 1) : "";
		String key = (except != null && (kind & CONFLATION_KEY) != 0) ? ByteText.decode(in, 2) : "";
		Payload payload = (except != null && key != null) ? PayloadFormat.read(kind & KIND, in) : null;
		return (payload != null) ? new Envelope(id, created, payload, ((kind & EXCEPTION) != 0) ? except : null,
				((kind & CONFLATION_KEY) != 0) ? key : null) : null;
	}

	/**
	 * Return the low 64 bits of the id of an envelope of any version. Bytes that are
	 * missing count as 0.
	 * @param in the buffer, which does not change
	 * @return the bits
	 */
	static long idOf(ByteBuffer in) {
		ByteBuffer id = in.duplicate();
		id.position(Math.min(in.position() + LOW_ID, in.limit()));
		return ByteText.paddedLong(id);
	}

}
