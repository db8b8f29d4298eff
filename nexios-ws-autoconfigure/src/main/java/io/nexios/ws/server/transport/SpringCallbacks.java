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

import java.util.function.Function;
import java.util.zip.DataFormatException;

import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * Adapts the callbacks of Spring's {@link WebSocketHandler} to those of one connection.
 * It takes messages in pieces, so that a container does not need a buffer of the largest
 * size for every connection.
 *
 * @author Nexios Team
 */
final class SpringCallbacks implements WebSocketHandler {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private final ConnectionCallbacks callbacks;

	private final Function<WebSocketSession, Transport> transports;

	private volatile boolean undecodable;

	SpringCallbacks(ConnectionCallbacks callbacks, Function<WebSocketSession, Transport> transports) {
		this.callbacks = callbacks;
		this.transports = transports;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.callbacks.opened(this.transports.apply(session));
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		if (message instanceof TextMessage text) {
			this.callbacks.text(text.getPayload(), text.isLast());
		}
		else if (message instanceof BinaryMessage binary) {
			this.callbacks.binary(binary.getPayload(), binary.isLast());
		}
		else if (message instanceof PongMessage pong) {
			this.callbacks.pong(pong.getPayload());
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		logger.debug("Transport error", exception);
		this.undecodable = exception.getCause() instanceof DataFormatException;
		this.callbacks.failed(exception);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus closeStatus) {
		// Tomcat sends this code to the peer, but does not report it to this side
		boolean untold = this.undecodable && closeStatus.equalsCode(CloseStatus.NO_CLOSE_FRAME);
		this.callbacks.closed(untold ? CloseStatus.PROTOCOL_ERROR : closeStatus);
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

}
