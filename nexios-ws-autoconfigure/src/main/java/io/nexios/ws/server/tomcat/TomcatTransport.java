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
import java.util.Iterator;
import java.util.List;

import io.nexios.ws.server.OutboundFrame;
import io.nexios.ws.server.ServerThreads;
import io.nexios.ws.server.Transport;
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
 * Sends on Tomcat. Where the thread may wait, frames are collected in Tomcat's buffer of
 * the connection and written together; elsewhere one after the other is sent
 * asynchronously.
 *
 * @author Nexios Team
 */
final class TomcatTransport implements Transport {

	private static final Log logger = LogFactory.getLog(TomcatTransport.class);

	// Long enough for a peer that reads at all, short enough not to wait for one that
	// does not
	private static final Long ABORT_TIMEOUT_MILLIS = 100L;

	// For a peer to answer a close; Tomcat looks every ten seconds
	private static final Long CLOSE_TIMEOUT_MILLIS = 5_000L;

	// Tomcat answers pings on the thread that reads, and waits for a peer that pings and
	// does not read. Of platform threads there are few.
	private static final Long PONG_TIMEOUT_MILLIS = 1_000L;

	// A connection is closed for the age of what waits for its peer, which is looked at
	// twice a second. Tomcat must not give up before that, and for another reason.
	private static final Duration SEND_GRACE = Duration.ofSeconds(1);

	private final WebSocketSession springSession;

	private final WsSession session;

	private final ReadPause reading;

	private final Long sendTimeoutMillis;

	private final boolean virtual = ServerThreads.isCurrentVirtual();

	TomcatTransport(WebSocketSession springSession, WsSession session, ServerThreads threads, Duration maxAge) {
		this.springSession = springSession;
		this.session = session;
		this.reading = this.virtual ? new BlockingReadPause() : new SuspendingReadPause(this.session, threads);
		this.sendTimeoutMillis = maxAge.plus(SEND_GRACE).toMillis();
		setSendTimeout(this.virtual ? this.sendTimeoutMillis : PONG_TIMEOUT_MILLIS);
		this.session.getUserProperties().put(Constants.SESSION_CLOSE_TIMEOUT_PROPERTY, CLOSE_TIMEOUT_MILLIS);
	}

	private void setSendTimeout(Long millis) {
		this.session.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, millis);
		this.session.getUserProperties().put(Constants.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT_PROPERTY, millis);
	}

	@Override
	public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
		if (!mayBlock) {
			new AsyncWrite(this.session.getAsyncRemote(), frames.iterator(), completion).next();
		}
		else if (this.virtual) {
			writeBlocking(frames, completion);
		}
		else {
			setSendTimeout(this.sendTimeoutMillis);
			writeBlocking(frames, completion);
			setSendTimeout(PONG_TIMEOUT_MILLIS);
		}
	}

	private void writeBlocking(List<OutboundFrame> frames, Completion completion) {
		try {
			RemoteEndpoint.Basic remote = this.session.getBasicRemote();
			if (frames.size() == 1) {
				send(remote, frames.get(0));
			}
			else {
				sendTogether(remote, frames.iterator());
			}
			completion.succeeded();
		}
		catch (IOException | RuntimeException ex) {
			completion.failed(ex);
		}
	}

	private void sendTogether(RemoteEndpoint.Basic remote, Iterator<OutboundFrame> frames) throws IOException {
		remote.setBatchingAllowed(true);
		while (frames.hasNext()) {
			send(remote, frames.next());
		}
		// In this order, or a pong of the container could get between the halves of a
		// frame
		remote.flushBatch();
		remote.setBatchingAllowed(false);
	}

	private static void send(RemoteEndpoint.Basic remote, OutboundFrame frame) throws IOException {
		switch (frame.kind()) {
			case TEXT -> remote.sendText(frame.text());
			case BINARY -> remote.sendBinary(frame.payload());
			case PING -> remote.sendPing(frame.payload());
		}
	}

	@Override
	public void close(CloseStatus status) {
		try {
			this.session.close(reason(status));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot close", ex);
		}
	}

	@Override
	public void abort(CloseStatus status) {
		try {
			setSendTimeout(ABORT_TIMEOUT_MILLIS);
			// Tomcat would log a warning with a stack trace if its own flush failed
			this.session.getBasicRemote().setBatchingAllowed(false);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Messages were cut off", ex);
		}
		this.session.doClose(reason(status), new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, ""), true);
	}

	private static CloseReason reason(CloseStatus status) {
		return new CloseReason(new SendableCode(status.getCode()), status.getReason());
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
	 * A close code that the Jakarta WebSocket API has no constant for.
	 *
	 * @param getCode the code
	 */
	private record SendableCode(int getCode) implements CloseReason.CloseCode {

	}

}
