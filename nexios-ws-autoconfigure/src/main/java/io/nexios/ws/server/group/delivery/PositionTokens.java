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

package io.nexios.ws.server.group.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import io.nexios.ws.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * Writes the positions of one group as texts for clients, and reads them. A text is
 * base64url of 30 bytes: version (1), hash of the group's name (5), epoch (8), offset
 * (8), id of the message (8). A client does not look into it.
 *
 * @author Nexios Team
 */
public final class PositionTokens {

	private static final byte VERSION = 1;

	private static final int HASH_BYTES = 5;

	private static final int BYTES = 1 + HASH_BYTES + 3 * Long.BYTES;

	private static final int LENGTH = 40;

	private final byte[] prefix;

	public PositionTokens(String group) {
		this.prefix = new byte[1 + HASH_BYTES];
		this.prefix[0] = VERSION;
		System.arraycopy(hash(group), 0, this.prefix, 1, HASH_BYTES);
	}

	private static byte[] hash(String group) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(group.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	public String write(Position position) {
		ByteBuffer bytes = ByteBuffer.allocate(BYTES);
		bytes.put(this.prefix).putLong(position.epoch()).putLong(position.offset()).putLong(position.id());
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
	}

	/**
	 * Read what a client has sent.
	 * @param token any text
	 * @return the position, or {@code null} if the text is no position of this group
	 */
	public @Nullable Position read(String token) {
		byte[] bytes = bytes(token);
		if (bytes == null || !Arrays.equals(this.prefix, Arrays.copyOf(bytes, this.prefix.length))) {
			return null;
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes, this.prefix.length, 3 * Long.BYTES);
		Position position = new Position(buffer.getLong(), buffer.getLong(), buffer.getLong());
		return (position.offset() >= 0) ? position : null;
	}

	private static byte @Nullable [] bytes(String token) {
		if (token.length() != LENGTH) {
			return null;
		}
		try {
			return Base64.getUrlDecoder().decode(token);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
