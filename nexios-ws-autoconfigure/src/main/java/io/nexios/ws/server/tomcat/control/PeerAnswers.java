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
 * What one peer is answered without the application: the pong to its ping, and the close
 * to its close. Both wait for the write that is under way, but no thread of a pool does
 * with them.
 *
 * @author Nexios Team
 */
public final class PeerAnswers {

	// A peer that reads takes the rest of a frame sooner
	private static final Duration CONTAINER_PATIENCE = Duration.ofMillis(100);

	private final TomcatEnd end;

	private final OwnWrites writes;

	private final PongReply pong;

	private final CloseHold close;

	private final boolean mayWait;

	// Used by the thread that reads alone
	private boolean closed;

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
	 * Create what answers a peer, and let its control frames be left to it.
	 * @param session the session
	 * @param end what is told of the peer's close
	 * @param sendTimeout how long a blocking send may take while one of ours is under way
	 * @param shortSendTimeout how long it may take otherwise, where the thread that reads
	 * may not wait
	 * @param threads what sends pongs
	 * @param mayWait whether the thread that reads may wait
	 * @return what answers
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

	// By those who write

	/**
	 * A write of ours begins.
	 * @param blocking whether its thread waits for the peer
	 */
	public void beginWrite(boolean blocking) {
		this.writes.begin(blocking);
	}

	/**
	 * A write of ours has ended well.
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
	 * Send the pong that waits, if there is one. Called between two frames.
	 * @throws IOException if nothing can be sent any more
	 */
	void sendPong() throws IOException {
		this.pong.sendWaiting();
	}

	/**
	 * This side's close frame is written, or cannot be.
	 */
	public void closeWritten() {
		this.close.answered();
	}

	// By the thread that reads

	/**
	 * Return whether something may be read.
	 * @return whether it may
	 */
	boolean mayRead() {
		return this.close.mayRead();
	}

	/**
	 * The peer has closed. It is answered by a close of this side, unless this side has
	 * closed before or the frame is one that there must not be.
	 * @param payload the payload of its frame
	 * @return whether Tomcat is not to know it yet
	 */
	boolean holdsClose(ByteBuffer payload) {
		if (this.closed || this.end.isClosing()) {
			return false;
		}
		CloseStatus status = ClosePayload.read(payload);
		if (status == null) {
			return false;
		}
		this.closed = true;
		this.end.peerClosed(status);
		return this.close.hold();
	}

	/**
	 * Tomcat is going to write. A close of its own, as of a peer that has vanished, waits
	 * for a moment and is dropped then, as it may not get into a frame.
	 * @param part what Tomcat writes
	 * @return whether Tomcat is to do so
	 */
	boolean isLeftToContainer(MessagePart part) {
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
