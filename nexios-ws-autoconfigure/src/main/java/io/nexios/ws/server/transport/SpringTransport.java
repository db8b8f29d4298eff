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

package io.nexios.ws.server.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * The transport for containers that this library does not know: all sends block. If the
 * container's thread is a virtual thread, reading is paused by blocking it. A platform
 * thread is not blocked, because the container may need it to finish sends. On a platform
 * thread, the connection of a peer that exceeds the inbound limits is closed with 1013.
 *
 * @author Nexios Team
 */
class SpringTransport implements Transport {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private static final CloseStatus TOO_FAST = new CloseStatus(CloseStatus.SERVICE_OVERLOAD.getCode(),
			"Too many messages");

	private final WebSocketSession session;

	private final Semaphore resumed = new Semaphore(0);

	SpringTransport(WebSocketSession session) {
		this.session = session;
	}

	@Override
	public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
		try {
			for (OutboundFrame frame : frames) {
				write(frame);
			}
			completion.succeeded();
		}
		catch (IOException | RuntimeException ex) {
			completion.failed(ex);
		}
	}

	private void write(OutboundFrame frame) throws IOException {
		switch (frame.kind()) {
			case TEXT -> this.session.sendMessage(new TextMessage(frame.text()));
			case BINARY -> this.session.sendMessage(new BinaryMessage(frame.payload()));
			case PING -> this.session.sendMessage(new PingMessage(frame.payload()));
		}
	}

	@Override
	public void close(CloseStatus status, Duration patience) {
		close(status);
	}

	private void close(CloseStatus status) {
		try {
			this.session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot close", ex);
		}
	}

	/**
	 * Closes the connection, because there is no way to drop a connection that works on
	 * every container.
	 */
	@Override
	public void drop() {
		close(CloseStatus.SESSION_NOT_RELIABLE);
	}

	@Override
	public void pause() {
	}

	@Override
	public void awaitResume() {
		if (ServerThreads.isCurrentVirtual()) {
			this.resumed.acquireUninterruptibly();
		}
		else {
			close(TOO_FAST);
		}
	}

	@Override
	public void resume() {
		this.resumed.release();
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		if (type.isInstance(this.session)) {
			return type.cast(this.session);
		}
		return (this.session instanceof NativeWebSocketSession container) ? container.getNativeSession(type) : null;
	}

}
