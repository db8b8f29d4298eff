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

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * The state of a connection. One atomic reference holds the state and, if there is one,
 * the code of the end. So every thread sees both together.
 *
 * <pre>
 * CONNECTING ─accept→ ACCEPTING ─opened→ OPEN ─close, terminate→ CLOSING ─gone→ CLOSED
 *     │                   │                └─peer left→ PEER_CLOSED ─gone→ PEER_CLOSED
 *     └─reject→ REJECTED  └─failed→ CLOSED
 * </pre>
 *
 * Every transition is a compare-and-set that exactly one thread wins. The winner does the
 * work that has to be done once. {@code accept} and {@code reject} race between the
 * handler and the timeout. {@code opened} and {@code failed} race between the container
 * and the time limit for the opening, for which the handler waits. The transitions out of
 * OPEN race between all threads. {@code gone} is won once for every connection that was
 * open, no matter which side closed it.
 * <p>
 * A close by the server has succeeded if the peer has answered it. Without an answer it
 * is unknown what has arrived, and the connection ends with 1006. There is one exception:
 * a connection that the server has terminated always ends with the code of the
 * termination.
 *
 * @author Nexios Team
 */
public final class Lifecycle {

	private static final Position CONNECTING = new Position(State.CONNECTING, null, false);

	private static final Position ACCEPTING = new Position(State.ACCEPTING, null, false);

	private static final Position OPEN = new Position(State.OPEN, null, false);

	// Distinct from a rejection by the handler: the handler gets another exception after
	// a timeout
	private static final Position TIMED_OUT = new Position(State.REJECTED, new CloseStatus(1006), true);

	// Not an AtomicReference, which would be one more object for each connection
	private static final AtomicReferenceFieldUpdater<Lifecycle, Position> POSITION = AtomicReferenceFieldUpdater
		.newUpdater(Lifecycle.class, Position.class, "position");

	private volatile Position position = CONNECTING;

	public boolean accept() {
		return moved(CONNECTING, ACCEPTING);
	}

	public boolean reject() {
		return moved(CONNECTING, new Position(State.REJECTED, CloseStatus.NO_CLOSE_FRAME, true));
	}

	public boolean timeOut() {
		return moved(CONNECTING, TIMED_OUT);
	}

	public boolean isTimedOut() {
		return this.position == TIMED_OUT;
	}

	public boolean opened() {
		return moved(ACCEPTING, OPEN);
	}

	public boolean failToOpen() {
		return moved(ACCEPTING, new Position(State.CLOSED, CloseStatus.NO_CLOSE_FRAME, true));
	}

	public boolean close(CloseStatus status) {
		return moved(OPEN, new Position(State.CLOSING, status, false));
	}

	public boolean peerLeft(CloseStatus status) {
		return moved(OPEN, new Position(State.PEER_CLOSED, status, false));
	}

	public boolean terminate(CloseStatus status) {
		return moved(OPEN, new Position(State.CLOSING, status, true));
	}

	/**
	 * The connection is gone, after it was closed or the peer has left.
	 * @param answered whether the peer has answered a close by the server
	 * @return whether the caller is the first to report it
	 */
	public boolean gone(boolean answered) {
		Position current = this.position;
		return switch (current.state()) {
			case CLOSING -> moved(current, closed(current, answered));
			case PEER_CLOSED ->
				!current.settled() && moved(current, new Position(State.PEER_CLOSED, current.end(), true));
			default -> false;
		};
	}

	private static Position closed(Position closing, boolean answered) {
		CloseStatus end = (answered || closing.settled()) ? closing.end() : CloseStatus.NO_CLOSE_FRAME;
		return new Position(State.CLOSED, end, true);
	}

	private boolean moved(Position from, Position to) {
		return POSITION.compareAndSet(this, from, to);
	}

	public State state() {
		return this.position.state();
	}

	/**
	 * Return the end of the connection.
	 * @return the code and reason, or {@code null} if no end is known
	 */
	@Nullable CloseStatus end() {
		return this.position.end();
	}

	/**
	 * A state, with the end of the connection.
	 *
	 * @param state the state
	 * @param end the code and reason of the end, or {@code null} if it is unknown
	 * @param settled whether the end is final. If the peer has left first: whether the
	 * connection is gone
	 */
	private record Position(State state, @Nullable CloseStatus end, boolean settled) {

	}

	/**
	 * The states of a connection.
	 */
	public enum State {

		/**
		 * The handler has not decided the handshake.
		 */
		CONNECTING,

		/**
		 * The handler has accepted, but the container has not opened the connection yet.
		 */
		ACCEPTING,

		/**
		 * Messages are sent and received.
		 */
		OPEN,

		/**
		 * The server has closed. Its close frame is queued or sent, and data that still
		 * arrives is dropped.
		 */
		CLOSING,

		/**
		 * The peer has left first. Messages that arrived before may still wait, and so
		 * may the answer to its close.
		 */
		PEER_CLOSED,

		/**
		 * The connection is gone after the server has closed, or it was accepted but not
		 * opened.
		 */
		CLOSED,

		/**
		 * The handshake was rejected with an HTTP response.
		 */
		REJECTED

	}

}
