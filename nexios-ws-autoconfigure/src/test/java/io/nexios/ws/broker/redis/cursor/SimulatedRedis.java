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

package io.nexios.ws.broker.redis.cursor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.Envelope;
import io.nexios.ws.broker.redis.wire.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * One group in a Redis that trims, clears, forgets its data, and goes back to a copy. It
 * remembers everything that it has ever accepted.
 *
 * @author Nexios Team
 */
public final class SimulatedRedis {

	private static final byte LATER_VERSION = 5;

	private final Random random;

	private final int maxMessages;

	private final Map<Long, Accepted> accepted = new TreeMap<>();

	private final Set<Long> removed = new HashSet<>();

	private final Set<Long> replaced = new HashSet<>();

	private Position end;

	private Deque<Entry> stream = new ArrayDeque<>();

	private @Nullable Copy copy;

	private int forks;

	private int epochs;

	SimulatedRedis(Random random, int maxMessages) {
		this.random = random;
		this.maxMessages = maxMessages;
		this.end = Position.start(random.nextLong());
	}

	Position end() {
		return this.end;
	}

	Map<Long, Accepted> accepted() {
		return this.accepted;
	}

	boolean isRemoved(long id) {
		return this.removed.contains(id);
	}

	boolean isReplaced(long id) {
		return this.replaced.contains(id);
	}

	boolean hasForked() {
		return this.forks > 0;
	}

	boolean hasNewEpoch() {
		return this.epochs > 0;
	}

	byte[] publish(boolean saved, boolean readable, int size) {
		UUID id = new UUID(this.random.nextLong(), this.random.nextLong());
		byte[] envelope = new Envelope(id, 0, new Payload.Text("x".repeat(size)), null, null).encode();
		if (!readable) {
			envelope[0] = LATER_VERSION;
		}
		Position before = this.end;
		long low = id.getLeastSignificantBits();
		if (!saved) {
			this.accepted.put(low, new Accepted(this.accepted.size(), null, 0, true));
			return WireFormat.unsaved(Envelope.decode(ByteBuffer.wrap(envelope)));
		}
		this.end = before.next(id);
		this.accepted.put(low, new Accepted(this.accepted.size(), this.end, before.id(), readable));
		this.stream.add(new Entry(this.end, before.id(), envelope));
		trim(this.maxMessages);
		return channelMessage(this.end, before.id(), envelope);
	}

	public static byte[] channelMessage(Position position, long previous, byte[] envelope) {
		byte[] offset = (position.offset() + ":").getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocate(18 + offset.length + envelope.length)
			.put((byte) 'N')
			.put((byte) '1')
			.putLong(position.epoch())
			.putLong(previous)
			.put(offset)
			.put(envelope)
			.array();
	}

	void trim(int size) {
		while (this.stream.size() > size) {
			this.removed.add(this.stream.remove().position().id());
		}
	}

	/**
	 * Remember the present state, to which a failover goes back.
	 */
	void copy() {
		this.copy = new Copy(this.end, new ArrayDeque<>(this.stream));
	}

	/**
	 * Go back to the copy, if there is one.
	 */
	void failOver() {
		Copy copy = this.copy;
		if (copy == null) {
			return;
		}
		this.accepted.forEach((id, message) -> {
			Position position = message.position();
			if (position != null && position.epoch() == copy.end().epoch() && position.offset() > copy.end().offset()) {
				this.replaced.add(id);
			}
		});
		this.forks++;
		this.end = copy.end();
		this.stream = new ArrayDeque<>(copy.stream());
	}

	void forgetEverything() {
		trim(0);
		this.epochs++;
		this.end = Position.start(this.random.nextLong());
		this.copy = null;
	}

	/**
	 * Read a page. Some entries come twice, as if two pages overlapped.
	 * @param after the offset after which it begins
	 * @return the page
	 */
	StreamPage page(long after) {
		List<Arrival.Placed> entries = new ArrayList<>();
		for (Entry entry : this.stream) {
			if (entries.size() == StreamPage.SIZE) {
				break;
			}
			if (entry.position().offset() > after) {
				byte[] previous = ByteBuffer.allocate(Long.BYTES).putLong(entry.previous()).array();
				entries.add((Arrival.Placed) WireFormat.entry(this.end.epoch(), entry.position().offset() + "-0",
						previous, entry.envelope()));
			}
		}
		boolean full = entries.size() == StreamPage.SIZE;
		if (!entries.isEmpty() && this.random.nextInt(4) == 0) {
			int index = this.random.nextInt(entries.size());
			entries.add(index, entries.get(index));
		}
		return new StreamPage(this.end, entries, full);
	}

	/**
	 * A message that was accepted.
	 *
	 * @param number its place among all messages
	 * @param position its position, or {@code null} if it was not saved
	 * @param previous the id of the message before it
	 * @param readable whether it can be read
	 */
	record Accepted(int number, @Nullable Position position, long previous, boolean readable) {

	}

	private record Entry(Position position, long previous, byte[] envelope) {

	}

	private record Copy(Position end, Deque<Entry> stream) {

	}

}
