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

package io.nexios.ws.server;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * How far a connection has come. One atomic reference holds the state and, where there is
 * one, the code of the end, so that nobody sees one without the other.
 *
 * <pre>
 * CONNECTING ─accept→ ACCEPTING ─opened→ OPEN ─close→ CLOSING ─closed→ CLOSED
 *     │                   │                ├─peer left→ PEER_CLOSED
 *     └─reject→ REJECTED  └─failed→ CLOSED └─terminated→ CLOSED
 * </pre>
 *
 * Every transition is a compare-and-set that exactly one thread wins; its caller does
 * what has to be done once. {@code accept} and {@code reject} race between the handler
 * and the timeout, {@code opened} and {@code failed} between the container and the
 * handler's patience, the transitions out of OPEN between everybody.
 *
 * @author Nexios Team
 */
final class Lifecycle {

	private static final Position CONNECTING = new Position(State.CONNECTING, null);

	private static final Position ACCEPTING = new Position(State.ACCEPTING, null);

	private static final Position OPEN = new Position(State.OPEN, null);

	// Distinct from a rejection by the handler, which has to be told the difference
	private static final Position TIMED_OUT = new Position(State.REJECTED, new CloseStatus(1006));

	private final AtomicReference<Position> position = new AtomicReference<>(CONNECTING);

	boolean accept() {
		return this.position.compareAndSet(CONNECTING, ACCEPTING);
	}

	boolean reject() {
		return this.position.compareAndSet(CONNECTING, new Position(State.REJECTED, CloseStatus.NO_CLOSE_FRAME));
	}

	boolean timeOut() {
		return this.position.compareAndSet(CONNECTING, TIMED_OUT);
	}

	boolean isTimedOut() {
		return this.position.get() == TIMED_OUT;
	}

	boolean opened() {
		return this.position.compareAndSet(ACCEPTING, OPEN);
	}

	boolean failToOpen() {
		return this.position.compareAndSet(ACCEPTING, new Position(State.CLOSED, CloseStatus.NO_CLOSE_FRAME));
	}

	boolean close(CloseStatus status) {
		return this.position.compareAndSet(OPEN, new Position(State.CLOSING, status));
	}

	boolean peerLeft(CloseStatus status) {
		return this.position.compareAndSet(OPEN, new Position(State.PEER_CLOSED, status));
	}

	boolean terminate(CloseStatus status) {
		return this.position.compareAndSet(OPEN, new Position(State.CLOSED, status));
	}

	boolean closed() {
		Position current = this.position.get();
		return current.state() == State.CLOSING
				&& this.position.compareAndSet(current, new Position(State.CLOSED, current.end()));
	}

	State state() {
		return this.position.get().state();
	}

	/**
	 * Return the end of the connection.
	 * @return the code and reason, or {@code null} if no end is known
	 */
	@Nullable CloseStatus end() {
		return this.position.get().end();
	}

	private record Position(State state, @Nullable CloseStatus end) {

	}

	/**
	 * Where a connection can be.
	 */
	enum State {

		/**
		 * The handler has not decided the handshake.
		 */
		CONNECTING,

		/**
		 * The handler has accepted, the container has not opened yet.
		 */
		ACCEPTING,

		/**
		 * Messages go both ways.
		 */
		OPEN,

		/**
		 * This side has closed; its close frame is queued or sent.
		 */
		CLOSING,

		/**
		 * The peer has left first. Messages that arrived before may wait.
		 */
		PEER_CLOSED,

		/**
		 * Over, closed or given up by this side.
		 */
		CLOSED,

		/**
		 * Over before it began: the handshake was answered with an HTTP response.
		 */
		REJECTED

	}

}
