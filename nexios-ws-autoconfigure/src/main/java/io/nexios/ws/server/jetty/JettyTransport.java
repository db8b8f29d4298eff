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

package io.nexios.ws.server.jetty;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;

/**
 * Sends on Jetty, always without waiting. Frames go to the core session as bytes, which
 * are encoded once for all connections. All frames except the last are marked as part of
 * a batch. Jetty writes a batch together.
 *
 * @author Nexios Team
 */
final class JettyTransport implements Transport {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private final JettyWebSocketSession springSession;

	private final Session session;

	private final CoreSession coreSession;

	private final AtomicReference<@Nullable Runnable> whenAnswered = new AtomicReference<>();

	private volatile boolean closing;

	// The close frame of this side is written, or cannot be written
	private volatile boolean closeEnded;

	// Used only by the thread that delivers
	private boolean paused;

	JettyTransport(JettyWebSocketSession springSession, Session session) {
		this.springSession = springSession;
		this.session = session;
		this.coreSession = ((WebSocketSession) session).getCoreSession();
	}

	/**
	 * Set the action that runs for each empty fragment of a binary message. Jetty does
	 * not pass these fragments to listeners.
	 * @param action the action, called by the thread that delivers
	 */
	void whenEmptyFragment(Runnable action) {
		HiddenFrames.whenEmptyFragment(this.coreSession, action);
	}

	@Override
	public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Iterator<OutboundFrame> iterator = frames.iterator();
		while (iterator.hasNext()) {
			OutboundFrame frame = iterator.next();
			// Jetty completes frames in order: when the last frame is complete, all
			// frames are
			Callback callback = iterator.hasNext() ? Callback.from(Callback.NOOP::succeeded, failure::set)
					: last(completion, failure);
			this.coreSession.sendFrame(new Frame(opCode(frame), frame.payload()), callback, iterator.hasNext());
		}
	}

	private static Callback last(Completion completion, AtomicReference<@Nullable Throwable> earlier) {
		return Callback.from(() -> {
			Throwable failure = earlier.get();
			if (failure == null) {
				completion.succeeded();
			}
			else {
				completion.failed(failure);
			}
		}, completion::failed);
	}

	private static byte opCode(OutboundFrame frame) {
		return switch (frame.kind()) {
			case TEXT -> OpCode.TEXT;
			case BINARY -> OpCode.BINARY;
			case PING -> OpCode.PING;
		};
	}

	/**
	 * Queues the frame, so it does not wait.
	 */
	@Override
	public void close(CloseStatus status, Duration patience) {
		this.closing = true;
		Frame frame = new OrdinaryCloseFrame(status.getCode(), status.getReason());
		this.coreSession.sendFrame(frame, Callback.from(this::closeEnded, this::closeFailed), false);
	}

	private void closeFailed(Throwable failure) {
		logger.debug("Cannot close", failure);
		closeEnded();
	}

	private void closeEnded() {
		this.closeEnded = true;
		answered();
	}

	/**
	 * Return whether this side's close frame waits to be written. The action for the
	 * answer then runs after the frame.
	 * @return whether it waits
	 */
	boolean isClosePending() {
		return this.closing && !this.closeEnded;
	}

	/**
	 * Return whether this side has closed, and has not dropped the connection.
	 * @return whether this side has closed
	 */
	boolean isClosing() {
		return this.closing;
	}

	/**
	 * Set the action that runs when this side's close frame has answered the peer's close
	 * frame. This ends the connection.
	 * @param action the action, which runs once
	 */
	void whenAnswered(Runnable action) {
		this.whenAnswered.set(action);
	}

	/**
	 * Return whether the peer's close frame can still be answered.
	 * @return whether it can
	 */
	boolean isAnswerable() {
		return this.session.isOpen();
	}

	/**
	 * The peer's close frame has been answered, or cannot be answered.
	 */
	void answered() {
		Runnable action = this.whenAnswered.getAndSet(null);
		if (action != null) {
			action.run();
		}
	}

	@Override
	public void drop() {
		this.closing = false;
		this.session.disconnect();
		answered();
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	void demandUnlessPaused() {
		if (this.paused) {
			this.paused = false;
		}
		else {
			demand();
		}
	}

	@Override
	public void resume() {
		demand();
	}

	private void demand() {
		try {
			// Also needed after a close of this side. Otherwise the peer's close would
			// never be read
			this.session.demand();
		}
		catch (RuntimeException ex) {
			logger.debug("Cannot read any more", ex);
		}
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return type.isInstance(this.springSession) ? type.cast(this.springSession)
				: this.springSession.getNativeSession(type);
	}

}
