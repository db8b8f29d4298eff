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

package io.nexios.ws.server.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * A message or a ping to send. Its content is immutable, so that the queues of many
 * connections can share it. The bytes that a container needs are encoded at most a few
 * times and kept.
 *
 * @author Nexios Team
 */
public final class OutboundFrame {

	private static final AtomicIntegerFieldUpdater<OutboundFrame> HOLDERS = AtomicIntegerFieldUpdater
		.newUpdater(OutboundFrame.class, "holders");

	private final Kind kind;

	private final int size;

	private final @Nullable String text;

	// Several threads may write this field at the same time, always with the same
	// content. Without volatile, another thread could see the array before its content
	private volatile byte @Nullable [] bytes;

	private final @Nullable DropNotice dropNotice;

	private final boolean undroppable;

	private volatile int holders;

	private OutboundFrame(Kind kind, int size, @Nullable String text, byte @Nullable [] bytes,
			@Nullable DropNotice dropNotice, boolean undroppable) {
		this.kind = kind;
		this.size = size;
		this.text = text;
		this.bytes = bytes;
		this.dropNotice = dropNotice;
		this.undroppable = undroppable;
	}

	/**
	 * Create a text frame.
	 * @param text the text. Unpaired surrogates become question marks, because UTF-8
	 * cannot hold them
	 * @return the frame
	 */
	public static OutboundFrame text(String text) {
		return createText(text, null, false);
	}

	/**
	 * Create a text frame that is not dropped silently.
	 * @param text the text, as in {@link #text(String)}
	 * @param dropNotice tells the peer that the frame was dropped
	 * @return the frame
	 */
	public static OutboundFrame text(String text, DropNotice dropNotice) {
		return createText(text, dropNotice, false);
	}

	/**
	 * Create a text frame that no overflow policy drops. It stays in its place also if
	 * there is no room for it. So whoever sends such frames limits their number.
	 * @param text the text, as in {@link #text(String)}
	 * @return the frame
	 */
	public static OutboundFrame undroppable(String text) {
		return createText(text, null, true);
	}

	private static OutboundFrame createText(String text, @Nullable DropNotice dropNotice, boolean undroppable) {
		int size = Utf8.length(text);
		if (size < 0) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			String repaired = new String(bytes, StandardCharsets.UTF_8);
			return new OutboundFrame(Kind.TEXT, bytes.length, repaired, bytes, dropNotice, undroppable);
		}
		return new OutboundFrame(Kind.TEXT, size, text, null, dropNotice, undroppable);
	}

	/**
	 * Create a binary frame.
	 * @param bytes the content, which must not be changed any more
	 * @return the frame
	 */
	public static OutboundFrame binary(byte[] bytes) {
		return new OutboundFrame(Kind.BINARY, bytes.length, null, bytes, null, false);
	}

	/**
	 * Create a ping.
	 * @param bytes the application data, at most 125 bytes
	 * @return the frame
	 */
	public static OutboundFrame ping(byte[] bytes) {
		return new OutboundFrame(Kind.PING, bytes.length, null, bytes, null, false);
	}

	/**
	 * Return the kind of frame.
	 * @return the kind of frame
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return the length of the encoded payload.
	 * @return the length in bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return the text of a text frame.
	 * @return the text
	 */
	public String text() {
		if (this.text == null) {
			throw new IllegalStateException("A " + this.kind + " frame has no text");
		}
		return this.text;
	}

	/**
	 * Return the encoded payload.
	 * @return a new buffer that wraps the shared content
	 */
	public ByteBuffer payload() {
		byte[] content = this.bytes;
		if (content == null) {
			content = text().getBytes(StandardCharsets.UTF_8);
			this.bytes = content;
		}
		return ByteBuffer.wrap(content);
	}

	/**
	 * Return what tells the peer that the frame was dropped.
	 * @return the notice, or {@code null} if the frame is dropped silently or not at all
	 */
	public @Nullable DropNotice dropNotice() {
		return this.dropNotice;
	}

	/**
	 * Return whether no overflow policy drops the frame.
	 * @return whether it is never dropped
	 */
	public boolean isUndroppable() {
		return this.undroppable;
	}

	/**
	 * Record that one more queue holds the frame.
	 * @return whether no queue held it before
	 */
	public boolean hold() {
		return HOLDERS.getAndIncrement(this) == 0;
	}

	/**
	 * Record that one queue less holds the frame.
	 * @return whether no queue holds it any more
	 */
	public boolean release() {
		return HOLDERS.decrementAndGet(this) == 0;
	}

	/**
	 * The kind of a frame.
	 */
	public enum Kind {

		/**
		 * A text message.
		 */
		TEXT,

		/**
		 * A binary message.
		 */
		BINARY,

		/**
		 * A ping.
		 */
		PING

	}

}
