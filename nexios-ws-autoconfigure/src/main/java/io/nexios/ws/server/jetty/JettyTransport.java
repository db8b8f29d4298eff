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
 * Sends on Jetty, always without waiting. Frames go to the core session as bytes that are
 * encoded once for all connections; all but the last are marked as part of a batch, which
 * Jetty then writes together.
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

	// Used by the thread that delivers alone
	private boolean paused;

	JettyTransport(JettyWebSocketSession springSession, Session session) {
		this.springSession = springSession;
		this.session = session;
		this.coreSession = ((WebSocketSession) session).getCoreSession();
	}

	/**
	 * Set what to do for each empty fragment of a binary message, which Jetty shows to no
	 * listener.
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
			// Jetty completes in order: when the last is done, all are
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
	 * Queues the frame, and so waits for nothing.
	 */
	@Override
	public void close(CloseStatus status, Duration patience) {
		this.closing = true;
		Frame frame = new OrdinaryCloseFrame(status.getCode(), status.getReason());
		this.coreSession.sendFrame(frame, Callback.from(this::answered, this::closeFailed), false);
	}

	private void closeFailed(Throwable failure) {
		logger.debug("Cannot close", failure);
		answered();
	}

	/**
	 * Return whether this side has closed, and not cut the connection off.
	 * @return whether it has
	 */
	boolean isClosing() {
		return this.closing;
	}

	/**
	 * Set what to do when this side's close frame has answered the peer's, and with that
	 * the connection has ended.
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
	 * The peer's close frame is answered, or cannot be.
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
			// Also after a local close, or the peer's close would never be read
			this.session.demand();
		}
		catch (RuntimeException ex) {
			logger.debug("Nothing more to read", ex);
		}
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return type.isInstance(this.springSession) ? type.cast(this.springSession)
				: this.springSession.getNativeSession(type);
	}

}
