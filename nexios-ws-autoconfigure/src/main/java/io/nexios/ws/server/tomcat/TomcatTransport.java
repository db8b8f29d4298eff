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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.tomcat.control.PeerAnswers;
import io.nexios.ws.server.tomcat.control.TomcatEnd;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.websocket.Constants;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * Sends on Tomcat. If the thread may wait, frames are collected in Tomcat's buffer of the
 * connection and written together. Otherwise the frames are sent asynchronously, one
 * after the other.
 *
 * @author Nexios Team
 */
final class TomcatTransport implements Transport {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	// After a drop nothing can be sent, but Tomcat tries
	private static final Long DROP_TIMEOUT_MILLIS = 1L;

	// The time for a peer to answer a close. Connections that take too long are dropped
	// before
	private static final Long CLOSE_TIMEOUT_MILLIS = Duration.ofDays(1).toMillis();

	// The size of Tomcat's send buffer, which the system property may have made smaller
	private static final int BUFFER_SIZE = Math.min(8 * 1024,
			Integer.getInteger("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", 8 * 1024));

	private static final int MAX_HEADER_BYTES = 10;

	// The timeout while no write of this library is under way. Then threads of a small
	// pool send
	private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);

	// A connection is closed because of the age of the messages that wait for its peer.
	// Tomcat must not give up before that. But Tomcat's timeout also counts the time in
	// which this side does not run or gets too little of the processors. A write that
	// still waits after a drop is woken.
	private static final Duration SEND_GRACE = Duration.ofSeconds(30);

	private final WebSocketSession springSession;

	private final WsSession session;

	// Kept in a field because a closed session does not return it
	private final Map<String, Object> userProperties;

	private final TomcatUpgradeHandler socket;

	private final TomcatEnd end;

	private final ReadPause reading;

	private final PeerAnswers answers;

	private final WritingThread writing = new WritingThread();

	TomcatTransport(WebSocketSession springSession, WsSession session, TomcatUpgradeHandler socket, TomcatEnd end,
			ServerThreads threads, Duration maxAge) {
		this.springSession = springSession;
		this.session = session;
		this.userProperties = session.getUserProperties();
		this.socket = socket;
		this.end = end;
		boolean virtual = ServerThreads.isCurrentVirtual();
		socket.whenGone(this::gone);
		this.answers = PeerAnswers.of(session, end, maxAge.plus(SEND_GRACE), SHORT_TIMEOUT, threads, virtual);
		this.reading = virtual ? new BlockingReadPause() : new SuspendingReadPause(session, threads, this.answers);
		this.userProperties.put(Constants.SESSION_CLOSE_TIMEOUT_PROPERTY, CLOSE_TIMEOUT_MILLIS);
	}

	private void gone() {
		// Otherwise a waiting write would wait until its timeout
		this.writing.wake();
		this.end.gone();
	}

	private void setSendTimeout(Long millis) {
		this.userProperties.put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, millis);
		this.userProperties.put(Constants.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT_PROPERTY, millis);
	}

	@Override
	public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
		this.answers.beginWrite(mayBlock);
		Completion ended = new EndedWrite(mayBlock, completion);
		if (mayBlock) {
			this.writing.run(() -> writeBlocking(frames, ended));
		}
		else {
			new AsyncWrite(this.session.getAsyncRemote(), frames.iterator(), ended).next();
		}
	}

	private void writeBlocking(List<OutboundFrame> frames, Completion completion) {
		try {
			RemoteEndpoint.Basic remote = this.session.getBasicRemote();
			if (frames.size() == 1) {
				send(remote, frames.get(0));
			}
			else {
				sendTogether(remote, frames);
			}
			completion.succeeded();
		}
		catch (IOException | RuntimeException ex) {
			completion.failed(ex);
		}
	}

	// Tomcat's buffer never holds a part of a frame: a frame that does not fit is written
	// separately. So anything else that Tomcat writes at any time comes between frames.
	private static void sendTogether(RemoteEndpoint.Basic remote, List<OutboundFrame> frames) throws IOException {
		int room = BUFFER_SIZE;
		for (OutboundFrame frame : frames) {
			int size = frame.size() + MAX_HEADER_BYTES;
			if (size > room) {
				endBatch(remote);
				room = BUFFER_SIZE;
			}
			if (size <= room) {
				remote.setBatchingAllowed(true);
				room -= size;
			}
			send(remote, frame);
		}
		endBatch(remote);
	}

	private static void endBatch(RemoteEndpoint.Basic remote) throws IOException {
		if (remote.getBatchingAllowed()) {
			// In the other order, a pong of the container could overtake a message
			remote.flushBatch();
			remote.setBatchingAllowed(false);
		}
	}

	private static void send(RemoteEndpoint.Basic remote, OutboundFrame frame) throws IOException {
		switch (frame.kind()) {
			case TEXT -> remote.sendText(frame.text());
			case BINARY -> remote.sendBinary(frame.payload());
			case PING -> remote.sendPing(frame.payload());
		}
	}

	@Override
	public void close(CloseStatus status, Duration patience) {
		this.end.closing();
		setSendTimeout(patience.toMillis());
		this.writing.run(() -> writeClose(status));
		this.answers.closeWritten();
		if (!this.end.closeReturned()) {
			// Tomcat has closed the socket, but still waits for a close frame on it
			drop();
			this.end.gone();
		}
	}

	private void writeClose(CloseStatus status) {
		try {
			this.session.close(reason(status));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot close", ex);
		}
	}

	/**
	 * Closes the socket before Tomcat closes the session. Otherwise Tomcat would write a
	 * close frame, possibly into the middle of another frame.
	 */
	@Override
	public void drop() {
		this.end.dropping();
		this.socket.closeSocket();
		setSendTimeout(DROP_TIMEOUT_MILLIS);
		try {
			// Tomcat would log a warning with a stack trace if its own flush failed
			this.session.getBasicRemote().setBatchingAllowed(false);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Messages were cut off", ex);
		}
		this.session.onClose(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, ""));
		this.writing.wake();
		this.answers.closeWritten();
	}

	// Tomcat cannot send a close frame without a code
	private static CloseReason reason(CloseStatus status) {
		int code = (status.getCode() != CloseStatus.NO_STATUS_CODE.getCode()) ? status.getCode()
				: CloseStatus.NORMAL.getCode();
		return new CloseReason(new SendableCode(code), status.getReason());
	}

	@Override
	public void pause() {
		this.reading.pause();
	}

	@Override
	public void awaitResume() {
		this.reading.awaitResume();
	}

	@Override
	public void resume() {
		this.reading.resume();
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return type.isInstance(this.springSession) ? type.cast(this.springSession)
				: type.isInstance(this.session) ? type.cast(this.session) : null;
	}

	/**
	 * Reports the end of a write to {@link PeerAnswers} and then to the caller. A failed
	 * write is reported only to the caller.
	 */
	private final class EndedWrite implements Completion {

		private final boolean blocking;

		private final Completion completion;

		EndedWrite(boolean blocking, Completion completion) {
			this.blocking = blocking;
			this.completion = completion;
		}

		@Override
		public void succeeded() {
			// First, because the completion may begin the next write
			TomcatTransport.this.answers.endWrite(this.blocking);
			this.completion.succeeded();
		}

		@Override
		public void failed(Throwable failure) {
			this.completion.failed(failure);
		}

	}

	/**
	 * A close code, also one for which the Jakarta WebSocket API has no constant.
	 *
	 * @param getCode the code
	 */
	private record SendableCode(int getCode) implements CloseReason.CloseCode {

	}

}
