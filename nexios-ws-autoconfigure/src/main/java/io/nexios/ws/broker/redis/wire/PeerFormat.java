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

import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.NodeCommand.CloseAll;
import io.nexios.ws.broker.NodeCommand.ForgetHistories;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.redis.wire.PeerMessage.Answer;
import io.nexios.ws.broker.redis.wire.PeerMessage.Command;
import io.nexios.ws.broker.redis.wire.PeerMessage.Direct;
import org.jspecify.annotations.Nullable;

/**
 * The messages between nodes. All numbers are big-endian: <pre>
 * every message    P1 type (1 byte) request (8 bytes) sender
 * type D           channel id, kind of the payload (1 byte), payload
 * type C           1 close code (2 bytes) reason: close all connections
 *                  2: forget histories
 * type A           1 if the request was fulfilled, 0 if it was not
 * </pre> Sender, channel id and reason have their length (1 byte) before them. Reading
 * never throws an exception. A message is foreign if it does not begin like that.
 *
 * @author Nexios Team
 */
public final class PeerFormat {

	private static final int BEGIN = 'P';

	private static final int VERSION = '1';

	private static final int HEADER = 2 + 1 + Long.BYTES;

	private static final int MAX_TEXT = 0xFF;

	private static final int CLOSE_ALL = 1;

	private static final int FORGET_HISTORIES = 2;

	private PeerFormat() {
	}

	/**
	 * Write a message.
	 * @param message the message
	 * @return the bytes
	 * @throws IllegalArgumentException if a text is too long
	 */
	public static byte[] write(PeerMessage message) {
		if (message instanceof Direct direct) {
			byte[] content = PayloadFormat.content(direct.payload());
			byte[] channel = text(direct.channelId());
			return begin('D', message, channel.length + 1 + content.length).put(channel)
				.put((byte) PayloadFormat.kind(direct.payload()))
				.put(content)
				.array();
		}
		if (message instanceof Command command) {
			byte[] content = write(command.command());
			return begin('C', message, content.length).put(content).array();
		}
		return begin('A', message, 1).put((byte) (((Answer) message).accepted() ? 1 : 0)).array();
	}

	private static ByteBuffer begin(char type, PeerMessage message, int length) {
		byte[] sender = text(message.sender());
		return ByteBuffer.allocate(HEADER + sender.length + length)
			.put((byte) BEGIN)
			.put((byte) VERSION)
			.put((byte) type)
			.putLong(message.request())
			.put(sender);
	}

	private static byte[] write(NodeCommand command) {
		if (command instanceof CloseAll close) {
			byte[] reason = text(close.reason());
			return ByteBuffer.allocate(1 + Short.BYTES + reason.length)
				.put((byte) CLOSE_ALL)
				.putShort((short) close.code())
				.put(reason)
				.array();
		}
		return new byte[] { FORGET_HISTORIES };
	}

	private static byte[] text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length > MAX_TEXT) {
			throw new IllegalArgumentException("Text is too long");
		}
		return ByteBuffer.allocate(1 + bytes.length).put((byte) bytes.length).put(bytes).array();
	}

	/**
	 * Read a message.
	 * @param bytes the bytes
	 * @return the message, or {@code null} if it is foreign, of a later version or
	 * malformed
	 */
	public static @Nullable PeerMessage read(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		if (in.remaining() < HEADER || in.get() != BEGIN || in.get() != VERSION) {
			return null;
		}
		int type = in.get();
		long request = in.getLong();
		String sender = ByteText.decode(in, 1);
		if (sender == null) {
			return null;
		}
		return switch (type) {
			case 'D' -> direct(request, sender, in);
			case 'C' -> command(request, sender, in);
			case 'A' -> answer(request, sender, in);
			default -> null;
		};
	}

	private static @Nullable PeerMessage direct(long request, String sender, ByteBuffer in) {
		String channel = ByteText.decode(in, 1);
		Payload payload = (channel != null && in.hasRemaining()) ? PayloadFormat.read(in.get(), in) : null;
		return (channel != null && payload != null) ? new Direct(request, sender, channel, payload) : null;
	}

	private static @Nullable PeerMessage command(long request, String sender, ByteBuffer in) {
		NodeCommand command = in.hasRemaining() ? command(in) : null;
		return (command != null) ? new Command(request, sender, command) : null;
	}

	private static @Nullable NodeCommand command(ByteBuffer in) {
		int kind = in.get();
		if (kind == FORGET_HISTORIES) {
			return new ForgetHistories();
		}
		if (kind != CLOSE_ALL || in.remaining() < Short.BYTES) {
			return null;
		}
		int code = in.getShort() & 0xFFFF;
		String reason = ByteText.decode(in, 1);
		return (isCloseCode(code) && reason != null) ? new CloseAll(code, reason) : null;
	}

	private static boolean isCloseCode(int code) {
		return code >= 1000 && code < 5000;
	}

	private static @Nullable PeerMessage answer(long request, String sender, ByteBuffer in) {
		int accepted = in.hasRemaining() ? in.get() : -1;
		return (accepted == 0 || accepted == 1) ? new Answer(request, sender, accepted == 1) : null;
	}

}
