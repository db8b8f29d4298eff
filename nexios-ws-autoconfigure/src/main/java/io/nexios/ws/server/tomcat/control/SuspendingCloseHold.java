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

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.WsSession;

/**
 * Holds a close frame by suspending the session, so that no thread is blocked. Nothing
 * can follow a close frame, so nothing else waits.
 * <p>
 * The reading side suspends the session before it sets the state HELD. The answering side
 * checks this state. So one of the two sees the other, and only one of them resumes.
 * <p>
 * Tomcat loses a wake-up that comes while the thread that reads is about to leave. So
 * another task follows the wake-up. Tomcat gives the socket to one task at a time. Tomcat
 * fails if a task reads a suspended session. So a task that comes before the wake-up does
 * nothing. Tomcat looks at a frame again only if there are more bytes. So one byte is
 * added.
 *
 * @author Nexios Team
 */
final class SuspendingCloseHold implements CloseHold {

	private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

	private final WsSession session;

	private final SocketWrapperBase<?> socket;

	// Guarded by the socket's lock
	private boolean lookingAgain;

	SuspendingCloseHold(WsSession session, SocketWrapperBase<?> socket) {
		this.session = session;
		this.socket = socket;
	}

	@Override
	public boolean hold() {
		if (this.state.get() == State.ANSWERED) {
			return false;
		}
		this.session.suspend();
		if (this.state.compareAndSet(State.NONE, State.HELD)) {
			return true;
		}
		this.session.resume();
		return false;
	}

	@Override
	public void answered() {
		if (this.state.compareAndSet(State.NONE, State.ANSWERED)) {
			return;
		}
		if (this.state.compareAndSet(State.HELD, State.WAKING)) {
			this.session.resume();
			this.state.set(State.WOKEN);
			this.socket.processSocket(SocketEvent.OPEN_READ, true);
		}
	}

	@Override
	public boolean mayRead() {
		State state = this.state.get();
		if (state == State.HELD || state == State.WAKING) {
			return false;
		}
		if (state == State.WOKEN && !this.lookingAgain) {
			this.lookingAgain = true;
			this.socket.unRead(ByteBuffer.allocate(1));
		}
		return true;
	}

	private enum State {

		/** The peer has not closed. */
		NONE,

		/** The answer was there before the session was suspended. */
		ANSWERED,

		/** The session is suspended. */
		HELD,

		/** The answer is there, and the session is being resumed. */
		WAKING,

		/** Tomcat may look at the frame again. */
		WOKEN

	}

}
