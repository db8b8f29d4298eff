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

package io.nexios.ws.server.tomcat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.WsSession;

/**
 * The peer's close, read but not processed. Tomcat answers it on the thread that reads,
 * and would wait there for the write that is under way.
 * <p>
 * Nothing can follow a close, so the session is suspended with it. A hold is noted before
 * the writes are looked at once more, and a write is over before a hold is looked for:
 * one of the two sees the other, and only one of them ends the hold. An answer, too, is
 * noted before the writes are looked at, and a write begins before the answer is looked
 * for: if both see each other, the write gives way, and the answer follows its end.
 * <p>
 * Tomcat loses a wake-up that comes while the thread that reads is on its way out, so
 * another task follows it, for which that thread makes way. And Tomcat looks at a frame
 * again only if there are more bytes, so there is one.
 *
 * @author Nexios Team
 */
final class HeldClose {

	// For what is on its way to a peer that reads
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final AtomicBoolean held = new AtomicBoolean();

	private final WsSession session;

	private final SocketWrapperBase<?> socket;

	private final OwnWrites writes;

	private volatile boolean answered;

	private volatile long since;

	// Guarded by the socket's lock
	private boolean byteAdded;

	HeldClose(WsSession session, SocketWrapperBase<?> socket, OwnWrites writes) {
		this.session = session;
		this.socket = socket;
		this.writes = writes;
	}

	/**
	 * Hold the close if a write is under way. Called by the thread that reads.
	 * @return whether it is held; otherwise no write is to begin any more
	 */
	boolean hold() {
		while (!isNextToBeAnswered()) {
			this.session.suspend();
			this.held.set(true);
			if (this.writes.areUnderWay() || !this.held.compareAndSet(true, false)) {
				return true;
			}
			this.session.resume();
		}
		return false;
	}

	private boolean isNextToBeAnswered() {
		this.answered = true;
		if (!this.writes.areUnderWay()) {
			return true;
		}
		this.answered = false;
		if (this.since == 0) {
			this.since = System.nanoTime() | 1;
		}
		return false;
	}

	/**
	 * Return whether nothing is to be written any more but the answer: it is on its way,
	 * or the peer has waited for long. Asked by a write that has begun.
	 * @return whether the answer is next
	 */
	boolean isNext() {
		return this.answered || (this.since != 0 && System.nanoTime() - this.since > PATIENCE.toNanos());
	}

	/**
	 * No write is under way any more.
	 */
	void written() {
		if (this.held.compareAndSet(true, false)) {
			this.session.resume();
			this.socket.processSocket(SocketEvent.OPEN_READ, true);
		}
	}

	/**
	 * Let Tomcat look at the close again. Called under the socket's lock before it reads.
	 */
	void readAgain() {
		if (this.since != 0 && !this.byteAdded) {
			this.byteAdded = true;
			this.socket.unRead(ByteBuffer.allocate(1));
		}
	}

}
