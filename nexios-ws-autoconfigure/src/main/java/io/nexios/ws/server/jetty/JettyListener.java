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

import java.nio.ByteBuffer;
import java.time.Duration;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;

/**
 * Adapts Jetty's callbacks to those of one connection. Exactly one demand for the next
 * frame follows each delivery. This class makes the demand, unless the delivery has
 * paused the connection. Then the resume makes it. Public only for Jetty's reflection.
 *
 * @author Nexios Team
 */
public final class JettyListener implements Session.Listener {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final JettyWebSocketSession springSession;

	private final ConnectionCallbacks callbacks;

	private @Nullable JettyTransport transport;

	JettyListener(JettyWebSocketSession springSession, ConnectionCallbacks callbacks) {
		this.springSession = springSession;
		this.callbacks = callbacks;
	}

	@Override
	public void onWebSocketOpen(Session session) {
		// Jetty's default would close idle connections after 30 seconds
		session.setIdleTimeout(Duration.ZERO);
		this.springSession.initializeNativeSession(session);
		this.transport = new JettyTransport(this.springSession, session);
		this.transport.whenEmptyFragment(() -> this.callbacks.binary(NOTHING, false));
		this.callbacks.opened(this.transport);
		transport().demandUnlessPaused();
	}

	@Override
	public void onWebSocketPartialText(String payload, boolean last) {
		this.callbacks.text(payload, last);
		transport().demandUnlessPaused();
	}

	@Override
	public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
		this.callbacks.binary(payload, last);
		callback.succeed();
		transport().demandUnlessPaused();
	}

	@Override
	public void onWebSocketPong(ByteBuffer payload) {
		this.callbacks.pong(payload);
		transport().demandUnlessPaused();
	}

	@Override
	public void onWebSocketError(Throwable cause) {
		logger.debug("Transport error", cause);
	}

	/**
	 * Jetty answers the peer's close frame as soon as the callback is completed. If this
	 * side has closed, Jetty then closes the socket. So a close frame of this side has to
	 * be written before. Jetty also calls this method when the connection has ended in
	 * another way.
	 */
	@Override
	public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
		CloseStatus status = isHungUp(statusCode) ? CloseStatus.NO_STATUS_CODE : new CloseStatus(statusCode, reason);
		transport().whenAnswered(() -> {
			callback.succeed();
			this.callbacks.closed(status);
		});
		if (transport().isAnswerable()) {
			this.callbacks.peerClosed(status);
		}
		else if (!transport().isClosePending()) {
			transport().answered();
		}
	}

	// If the peer hangs up after this side's close frame, this counts as an answer
	private boolean isHungUp(int statusCode) {
		return statusCode == StatusCode.NO_CLOSE && transport().isClosing();
	}

	private JettyTransport transport() {
		JettyTransport transport = this.transport;
		Assert.state(transport != null, "The connection is not open");
		return transport;
	}

}
