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

package io.nexios.ws.server.lifecycle;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * How far a connection has come. One atomic reference holds the state and, where there is
 * one, the code of the end, so that nobody sees one without the other.
 *
 * <pre>
 * CONNECTING ─accept→ ACCEPTING ─opened→ OPEN ─close, terminate→ CLOSING ─gone→ CLOSED
 *     │                   │                └─peer left→ PEER_CLOSED ─gone→ PEER_CLOSED
 *     └─reject→ REJECTED  └─failed→ CLOSED
 * </pre>
 *
 * Every transition is a compare-and-set that exactly one thread wins; its caller does
 * what has to be done once. {@code accept} and {@code reject} race between the handler
 * and the timeout, {@code opened} and {@code failed} between the container and the
 * handler's patience, the transitions out of OPEN between everybody. {@code gone} is won
 * once for every connection that was open, whoever closed it.
 * <p>
 * A close of this side has succeeded if the peer has answered it. Without an answer
 * nobody knows what has arrived, and the code of the end is 1006. What this side has
 * terminated ends with its own code in any case.
 *
 * @author Nexios Team
 */
public final class Lifecycle {

	private static final Position CONNECTING = new Position(State.CONNECTING, null, false);

	private static final Position ACCEPTING = new Position(State.ACCEPTING, null, false);

	private static final Position OPEN = new Position(State.OPEN, null, false);

	// Distinct from a rejection by the handler, which has to be told the difference
	private static final Position TIMED_OUT = new Position(State.REJECTED, new CloseStatus(1006), true);

	private final AtomicReference<Position> position = new AtomicReference<>(CONNECTING);

	public boolean accept() {
		return this.position.compareAndSet(CONNECTING, ACCEPTING);
	}

	public boolean reject() {
		return this.position.compareAndSet(CONNECTING, new Position(State.REJECTED, CloseStatus.NO_CLOSE_FRAME, true));
	}

	public boolean timeOut() {
		return this.position.compareAndSet(CONNECTING, TIMED_OUT);
	}

	public boolean isTimedOut() {
		return this.position.get() == TIMED_OUT;
	}

	public boolean opened() {
		return this.position.compareAndSet(ACCEPTING, OPEN);
	}

	public boolean failToOpen() {
		return this.position.compareAndSet(ACCEPTING, new Position(State.CLOSED, CloseStatus.NO_CLOSE_FRAME, true));
	}

	public boolean close(CloseStatus status) {
		return this.position.compareAndSet(OPEN, new Position(State.CLOSING, status, false));
	}

	public boolean peerLeft(CloseStatus status) {
		return this.position.compareAndSet(OPEN, new Position(State.PEER_CLOSED, status, false));
	}

	public boolean terminate(CloseStatus status) {
		return this.position.compareAndSet(OPEN, new Position(State.CLOSING, status, true));
	}

	/**
	 * The connection is gone, after it was closed or the peer has left.
	 * @param answered whether the peer has answered a close of this side
	 * @return whether the caller is the first to know
	 */
	public boolean gone(boolean answered) {
		Position current = this.position.get();
		return switch (current.state()) {
			case CLOSING -> this.position.compareAndSet(current, closed(current, answered));
			case PEER_CLOSED -> !current.settled()
					&& this.position.compareAndSet(current, new Position(State.PEER_CLOSED, current.end(), true));
			default -> false;
		};
	}

	private static Position closed(Position closing, boolean answered) {
		CloseStatus end = (answered || closing.settled()) ? closing.end() : CloseStatus.NO_CLOSE_FRAME;
		return new Position(State.CLOSED, end, true);
	}

	public State state() {
		return this.position.get().state();
	}

	/**
	 * Return the end of the connection.
	 * @return the code and reason, or {@code null} if no end is known
	 */
	@Nullable CloseStatus end() {
		return this.position.get().end();
	}

	/**
	 * A state with its end.
	 *
	 * @param state the state
	 * @param end how it ends, if that is known
	 * @param settled whether the end does not change any more; of a peer that has left,
	 * whether the connection is gone
	 */
	private record Position(State state, @Nullable CloseStatus end, boolean settled) {

	}

	/**
	 * Where a connection can be.
	 */
	public enum State {

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
		 * This side has closed: its close frame is queued or sent, and what still arrives
		 * is dropped.
		 */
		CLOSING,

		/**
		 * The peer has left first. Messages that arrived before may wait, and so may the
		 * answer to its close.
		 */
		PEER_CLOSED,

		/**
		 * Gone, after this side has closed.
		 */
		CLOSED,

		/**
		 * Over before it began: the handshake was answered with an HTTP response.
		 */
		REJECTED

	}

}
