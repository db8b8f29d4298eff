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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import io.nexios.ws.WSMessage;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.transport.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of a message while they arrive. If a piece exceeds a limit, the
 * assembler stops before it keeps that piece. It holds no memory between messages. Only
 * the container's thread uses it, except for the clock.
 * <p>
 * A piece is a fragment that the peer has made, or a part of a fragment that fits the
 * container's buffer or came in one packet. These cases cannot be distinguished. A piece
 * of two bytes or more costs the server less than it costs the peer to send it. So only
 * tiny pieces are limited, which have one byte or none. Fragments of an honest peer are
 * also cut into tiny pieces, where a packet ends. In the worst case there is one on each
 * side of the cut. So every 16 bytes in larger pieces pay for one tiny piece, which is
 * two for each fragment or packet of 32 bytes.
 *
 * @author Nexios Team
 */
final class MessageAssembler {

	private static final int BYTES_PER_TINY_PIECE = 16;

	private final MessageClock clock = new MessageClock();

	private final int maxSize;

	private final int maxFragments;

	private final Sink sink;

	private @Nullable StringBuilder text;

	private @Nullable ByteArrayOutputStream binary;

	private int size;

	private int tinyPieces;

	private int tinyBytes;

	private boolean exceeded;

	/**
	 * Create an assembler.
	 * @param maxSize the largest message, in bytes
	 * @param maxFragments how many tiny pieces a message may have in addition to those
	 * that its bytes pay for
	 * @param sink gets the messages
	 */
	MessageAssembler(int maxSize, int maxFragments, Sink sink) {
		this.maxSize = maxSize;
		this.maxFragments = maxFragments;
		this.sink = sink;
	}

	MessageClock clock() {
		return this.clock;
	}

	void text(String part, boolean last) {
		if (exceeds(Utf8.lengthOfPiece(part), last)) {
			return;
		}
		if (this.text == null && last) {
			complete(new WSMessage.Text(part));
			return;
		}
		if (this.text == null) {
			this.text = new StringBuilder(2 * part.length());
		}
		this.text.append(part);
		if (last) {
			complete(new WSMessage.Text(this.text.toString()));
		}
	}

	void binary(ByteBuffer part, boolean last) {
		if (exceeds(part.remaining(), last)) {
			return;
		}
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		if (this.binary == null && last) {
			complete(new WSMessage.Bytes(bytes));
			return;
		}
		if (this.binary == null) {
			this.binary = new ByteArrayOutputStream(2 * bytes.length);
		}
		this.binary.writeBytes(bytes);
		if (last) {
			complete(new WSMessage.Bytes(this.binary.toByteArray()));
		}
	}

	private boolean exceeds(int partSize, boolean last) {
		if (this.exceeded) {
			return true;
		}
		Limit limit = limitExceededBy(partSize);
		if (limit != null) {
			this.exceeded = true;
			reset();
			this.sink.exceeded(limit);
			return true;
		}
		this.size += partSize;
		if (partSize <= 1) {
			this.tinyPieces++;
			this.tinyBytes += partSize;
		}
		if (!last) {
			this.clock.start();
		}
		return false;
	}

	private @Nullable Limit limitExceededBy(int partSize) {
		if (partSize > this.maxSize - this.size) {
			return Limit.MESSAGE_SIZE;
		}
		int paid = (this.size - this.tinyBytes) / BYTES_PER_TINY_PIECE;
		return (partSize <= 1 && this.tinyPieces - paid >= this.maxFragments) ? Limit.FRAGMENTS : null;
	}

	private void complete(WSMessage message) {
		int size = this.size;
		reset();
		this.sink.message(message, size);
	}

	private void reset() {
		this.text = null;
		this.binary = null;
		this.size = 0;
		this.tinyPieces = 0;
		this.tinyBytes = 0;
		this.clock.stop();
	}

	/**
	 * Gets the assembled messages.
	 */
	public interface Sink {

		/**
		 * A message is complete.
		 * @param message the message
		 * @param size its size in bytes
		 */
		void message(WSMessage message, int size);

		/**
		 * The message being assembled exceeds a limit. Called once, and no method is
		 * called afterwards.
		 * @param limit the limit
		 */
		void exceeded(Limit limit);

	}

}
