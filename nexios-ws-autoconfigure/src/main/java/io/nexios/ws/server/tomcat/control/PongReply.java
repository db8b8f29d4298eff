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

package io.nexios.ws.server.tomcat.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * Holds the pongs for the pings that are not answered yet, and sends them. A thread that
 * writes messages writes them before the next frame. If no thread writes, or no thread
 * writes any more, a task writes them. So a peer that sends pings and does not read takes
 * some memory for pongs, but no thread that reads.
 * <p>
 * The reading side records a ping before it checks for writes. The writing side ends its
 * write before it checks for pongs. So one of the two sees the other.
 * <p>
 * <b>Limit.</b> If more pings come than are kept, the thread that reads waits for a
 * moment while pongs are being written. If the peer does not read them in that time, or
 * has not read a message, the oldest of its pings gets no answer. RFC 6455 allows this
 * (5.5.3).
 *
 * @author Nexios Team
 */
final class PongReply {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	// At most 8 KB
	private static final int MAX_WAITING = 64;

	// A peer that reads takes less time for a pong
	private static final Duration PATIENCE = Duration.ofMillis(100);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final WsSession session;

	private final PeerAnswers answers;

	private final ServerThreads threads;

	private volatile @Nullable ArrayDeque<ByteBuffer> waiting;

	private boolean stalled;

	// Whether the task is writing. A write of messages does not count
	private volatile boolean sending;

	PongReply(WsSession session, PeerAnswers answers, ServerThreads threads) {
		this.session = session;
		this.answers = answers;
		this.threads = threads;
	}

	/**
	 * Answer a ping.
	 * @param payload the payload, in a buffer that Tomcat uses again
	 */
	void answer(ByteBuffer payload) {
		ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
		if (add(copy) && !this.answers.isWriting()) {
			sendLater();
		}
	}

	private boolean add(ByteBuffer pong) {
		this.lock.lock();
		try {
			ArrayDeque<ByteBuffer> waiting = this.waiting;
			if (waiting == null) {
				waiting = new ArrayDeque<>(2);
				this.waiting = waiting;
			}
			if (waiting.size() == MAX_WAITING) {
				makeRoom(waiting);
			}
			waiting.add(pong);
			return waiting.size() == 1;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void makeRoom(ArrayDeque<ByteBuffer> waiting) {
		long remaining = PATIENCE.toNanos();
		try {
			while (waiting.size() == MAX_WAITING && remaining > 0 && !this.stalled && isTaskAtWork()) {
				remaining = this.room.awaitNanos(remaining);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (waiting.size() == MAX_WAITING) {
			this.stalled = true;
			waiting.remove();
		}
	}

	private boolean isTaskAtWork() {
		return this.sending || !this.answers.isWriting();
	}

	/**
	 * The last write that was under way has ended.
	 */
	void written() {
		if (isWaiting()) {
			sendLater();
		}
	}

	private boolean isWaiting() {
		this.lock.lock();
		try {
			ArrayDeque<ByteBuffer> waiting = this.waiting;
			return waiting != null && !waiting.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void sendLater() {
		this.threads.executeSurely(() -> {
			// Otherwise the thread that writes sees the pongs, before the next frame or
			// at its end
			if (!this.answers.isWriting()) {
				sendAlone();
			}
		});
	}

	private void sendAlone() {
		// There are few platform threads, so on these Tomcat drops the connection sooner
		boolean blocking = ServerThreads.isCurrentVirtual();
		this.answers.beginWrite(blocking);
		this.sending = true;
		try {
			sendWaiting();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot answer a ping", ex);
			return;
		}
		finally {
			this.sending = false;
		}
		this.answers.endWrite(blocking);
	}

	/**
	 * Send the waiting pongs.
	 * @throws IOException if nothing more can be sent
	 */
	void sendWaiting() throws IOException {
		if (this.waiting == null) {
			return;
		}
		ByteBuffer pong = next();
		while (pong != null) {
			this.session.getBasicRemote().sendPong(pong);
			pong = next();
		}
	}

	private @Nullable ByteBuffer next() {
		this.lock.lock();
		try {
			ArrayDeque<ByteBuffer> waiting = this.waiting;
			ByteBuffer pong = (waiting != null) ? waiting.poll() : null;
			this.stalled = this.stalled && pong != null;
			this.room.signal();
			return pong;
		}
		finally {
			this.lock.unlock();
		}
	}

}
