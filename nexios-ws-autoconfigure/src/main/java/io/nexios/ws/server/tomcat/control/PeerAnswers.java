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

import io.nexios.ws.server.thread.ServerThreads;
import org.apache.tomcat.websocket.Constants;
import org.apache.tomcat.websocket.MessagePart;
import org.apache.tomcat.websocket.WsSession;

import org.springframework.web.socket.CloseStatus;

/**
 * Answers one peer without the application: a ping with a pong, and a close with a close.
 * Both answers are sent after the write that is under way. No thread of a pool waits for
 * that write.
 *
 * @author Nexios Team
 */
public final class PeerAnswers {

	// A peer that reads takes less time for the rest of a frame
	private static final Duration CONTAINER_PATIENCE = Duration.ofMillis(100);

	private final TomcatEnd end;

	private final OwnWrites writes;

	private final PongReply pong;

	private final CloseHold close;

	private final boolean mayWait;

	// Used only by the thread that reads
	private boolean closed;

	// Used only by the thread that reads
	private boolean dropped;

	private PeerAnswers(WsSession session, TomcatEnd end, OwnWrites writes, ServerThreads threads, CloseHold close,
			boolean mayWait) {
		this.end = end;
		this.writes = writes;
		this.pong = new PongReply(session, this, threads);
		this.close = close;
		this.mayWait = mayWait;
	}

	/**
	 * Create the answers of a session, and let its {@link ControlFrames} leave control
	 * frames to them.
	 * @param session the session
	 * @param end gets the peer's close
	 * @param sendTimeout how long a blocking send may take while a blocking write of this
	 * library is under way
	 * @param shortSendTimeout how long it may take otherwise, if the thread that reads
	 * must not wait
	 * @param threads send pongs
	 * @param mayWait whether the thread that reads may wait
	 * @return the answers
	 */
	public static PeerAnswers of(WsSession session, TomcatEnd end, Duration sendTimeout, Duration shortSendTimeout,
			ServerThreads threads, boolean mayWait) {
		ControlFrames frames = ControlFrames.of(session);
		OwnWrites writes = new OwnWrites(session.getUserProperties(), sendTimeout.toMillis(),
				mayWait ? sendTimeout.toMillis() : shortSendTimeout.toMillis());
		CloseHold close = mayWait ? new BlockingCloseHold() : new SuspendingCloseHold(session, frames.socket());
		PeerAnswers answers = new PeerAnswers(session, end, writes, threads, close, mayWait);
		frames.leaveTo(answers);
		return answers;
	}

	// Called by threads that write

	/**
	 * A write of this library begins.
	 * @param blocking whether its thread waits for the peer
	 */
	public void beginWrite(boolean blocking) {
		this.writes.begin(blocking);
	}

	/**
	 * A write of this library has succeeded.
	 * @param blocking whether its thread waited for the peer
	 */
	public void endWrite(boolean blocking) {
		this.writes.end(blocking);
		if (!this.writes.areUnderWay()) {
			this.pong.written();
		}
	}

	public boolean isWriting() {
		return this.writes.areUnderWay();
	}

	/**
	 * Send the waiting pongs, if there are any. Called between two frames.
	 * @throws IOException if nothing more can be sent
	 */
	void sendPong() throws IOException {
		this.pong.sendWaiting();
	}

	/**
	 * This side's close frame is written, or cannot be written.
	 */
	public void closeWritten() {
		this.close.answered();
	}

	// Called by the thread that reads

	/**
	 * Return whether the thread may read.
	 * @return whether it may read
	 */
	boolean mayRead() {
		return this.close.mayRead();
	}

	/**
	 * The peer has closed. A close of this side answers it. There is no answer here if
	 * this side has closed before, or if the frame is not allowed. In any case Tomcat
	 * closes the socket as soon as it has read the frame. So the frame is hidden from
	 * Tomcat until this side's close frame is written.
	 * @param payload the payload of its frame
	 * @return whether the close is hidden from Tomcat for now
	 */
	boolean holdClose(ByteBuffer payload) {
		if (this.closed) {
			return false;
		}
		if (!this.end.isClosing()) {
			CloseStatus status = ClosePayload.read(payload);
			if (status == null) {
				return false;
			}
			this.end.peerClosed(status);
		}
		this.closed = true;
		return this.close.hold();
	}

	/**
	 * Tomcat is about to write. A close frame that Tomcat itself sends, for example
	 * because the peer has vanished, waits for a moment. If a write is still under way
	 * then, the close frame is discarded, because it must not get into the middle of a
	 * frame.
	 * @param part the part that Tomcat writes
	 * @return whether Tomcat may write it
	 */
	boolean beforeContainerWrites(MessagePart part) {
		if (part.getOpCode() == Constants.OPCODE_PONG) {
			this.pong.answer(part.getPayload());
			return false;
		}
		if (!this.mayWait && !this.dropped && !this.end.isClosing()) {
			this.dropped = !this.writes.awaitEnd(CONTAINER_PATIENCE);
		}
		return !this.dropped;
	}

}
