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

package io.nexios.ws.testsupport.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection through a proxy. Only the thread of the proxy uses it.
 *
 * @author Nexios Team
 */
final class Flow {

	/** Nothing to do before something happens to a socket or to the faults. */
	static final long NEVER = Long.MAX_VALUE;

	private static final int CHUNK = 1 << 14;

	private static final int MAX_WAITING = 1 << 20;

	private static final long NANOS = 1_000_000_000L;

	// How long a throttled flow collects what it may forward. The smaller, the smoother
	private static final long TICK = NANOS / 100;

	private final SocketChannel source;

	private final SocketChannel target;

	private final FlowFaults own;

	private final FlowFaults all;

	private final Deque<Chunk> waiting = new ArrayDeque<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

	private int waitingBytes;

	private boolean ended;

	private boolean shut;

	private boolean targetIsFull;

	private long forwarded;

	private long allowedFrom;

	Flow(SocketChannel source, SocketChannel target, FlowFaults own, FlowFaults all) {
		this.source = source;
		this.target = target;
		this.own = own;
		this.all = all;
	}

	FlowFaults faults() {
		return this.own;
	}

	long forwarded() {
		return this.forwarded;
	}

	boolean wantsToRead() {
		return !this.ended && !isHeld() && this.waitingBytes < MAX_WAITING;
	}

	boolean wantsToWrite() {
		return this.targetIsFull && !isHeld();
	}

	boolean isOver() {
		return this.shut;
	}

	private boolean isHeld() {
		return this.own.isHeld() || this.all.isHeld();
	}

	/**
	 * Take what the source has sent.
	 * @param now the time
	 * @throws IOException if the source has reset the connection
	 */
	void read(long now) throws IOException {
		this.buffer.clear();
		int read = this.source.read(this.buffer);
		if (read < 0) {
			this.ended = true;
		}
		else if (read > 0) {
			this.buffer.flip();
			ByteBuffer bytes = ByteBuffer.allocate(read).put(this.buffer).flip();
			this.waiting.add(new Chunk(bytes, now));
			this.waitingBytes += read;
		}
	}

	/**
	 * Forward what may be forwarded.
	 * @param now the time
	 * @return when to call this again, or {@link #NEVER}
	 * @throws IOException if the target has reset the connection
	 * @throws Cut if the limit of bytes is reached
	 */
	long forward(long now) throws IOException, Cut {
		this.targetIsFull = false;
		while (!this.waiting.isEmpty() && !isHeld()) {
			long due = Math.max(this.waiting.element().read() + delayNanos(), this.allowedFrom);
			if (due > now) {
				return due;
			}
			if (!forwardChunk(now)) {
				this.targetIsFull = true;
				return NEVER;
			}
		}
		if (this.ended && this.waiting.isEmpty() && !isHeld() && !this.shut) {
			this.shut = true;
			this.target.shutdownOutput();
		}
		return NEVER;
	}

	private boolean forwardChunk(long now) throws IOException, Cut {
		ByteBuffer bytes = this.waiting.element().bytes();
		int most = (int) Math.min(bytes.remaining(), limit());
		int written = this.target.write(bytes.slice(bytes.position(), most));
		bytes.position(bytes.position() + written);
		this.waitingBytes -= written;
		this.forwarded += written;
		if (!bytes.hasRemaining()) {
			this.waiting.remove();
		}
		pace(written, now);
		checkCut(written);
		return written == most;
	}

	private long limit() {
		long limit = Math.min(this.own.bytesUntilCut(), this.all.bytesUntilCut());
		long rate = bytesPerSecond();
		return (rate == FlowFaults.NO_LIMIT) ? limit : Math.min(limit, Math.max(1, rate * TICK / NANOS));
	}

	private void pace(int written, long now) {
		long rate = bytesPerSecond();
		this.allowedFrom = (rate == FlowFaults.NO_LIMIT) ? now : now + written * NANOS / rate;
	}

	private long bytesPerSecond() {
		return Math.min(this.own.bytesPerSecond(), this.all.bytesPerSecond());
	}

	private long delayNanos() {
		return Math.max(this.own.delayNanos(), this.all.delayNanos());
	}

	private void checkCut(int written) throws Cut {
		boolean ofAll = this.all.forwarded(written);
		if (this.own.forwarded(written) || ofAll) {
			throw new Cut(ofAll);
		}
	}

	private record Chunk(ByteBuffer bytes, long read) {

	}

	/**
	 * Says that a limit of bytes is reached.
	 */
	@SuppressWarnings("serial")
	static final class Cut extends Exception {

		private final boolean ofAll;

		Cut(boolean ofAll) {
			this.ofAll = ofAll;
		}

		/**
		 * Return whether all connections have to be cut.
		 * @return whether it was the limit of all connections
		 */
		boolean ofAll() {
			return this.ofAll;
		}

	}

}
