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

package io.nexios.ws.benchmarks.application;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.SessionLimitExceededException;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * The group with only Spring's WebSocket support. It uses the decorator that Spring's
 * documentation recommends for concurrent sends. Its limits are the defaults of Spring's
 * STOMP support.
 *
 * @author Nexios Team
 */
class RawGroup extends TextWebSocketHandler {

	private static final Log logger = LogFactory.getLog(RawGroup.class);

	private static final int SEND_TIME_LIMIT = 10_000;

	private static final int BUFFER_SIZE_LIMIT = 512 * 1024;

	private final Map<String, WebSocketSession> members = new ConcurrentHashMap<>();

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.members.put(session.getId(),
				new ConcurrentWebSocketSessionDecorator(session, SEND_TIME_LIMIT, BUFFER_SIZE_LIMIT));
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		this.members.values().forEach((member) -> send(member, message));
	}

	private void send(WebSocketSession member, TextMessage message) {
		try {
			member.sendMessage(message);
		}
		catch (IOException | IllegalStateException | SessionLimitExceededException ex) {
			logger.debug("A member has failed", ex);
			remove(member);
		}
	}

	private void remove(WebSocketSession member) {
		this.members.remove(member.getId());
		try {
			member.close(CloseStatus.SESSION_NOT_RELIABLE);
		}
		catch (IOException ex) {
			logger.debug("A member could not be closed", ex);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.members.remove(session.getId());
	}

}
