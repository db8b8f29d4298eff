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

package io.nexios.ws.server;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.server.Lifecycle.State;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;

/**
 * A handler at work: calls it and turns its end into that of the connection.
 *
 * @author Nexios Team
 */
final class HandlerRun implements Runnable {

	private static final Log logger = LogFactory.getLog(HandlerRun.class);

	private static final CloseStatus NORMAL = new CloseStatus(CloseStatus.NORMAL.getCode(), "");

	private static final CloseStatus FAILED = new CloseStatus(CloseStatus.SERVER_ERROR.getCode(), "Internal error");

	private final WSHandler handler;

	private final Connection connection;

	private final ServerWebSocket ws;

	private final Rejections rejections;

	HandlerRun(WSHandler handler, Connection connection, ServerWebSocket ws, Rejections rejections) {
		this.handler = handler;
		this.connection = connection;
		this.ws = ws;
		this.rejections = rejections;
	}

	@Override
	public void run() {
		this.connection.handlerStarted();
		try {
			this.handler.handle(this.ws);
			returned();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void returned() {
		if (this.connection.state() == State.CONNECTING) {
			logger.error("Handler of " + describe() + " returned without deciding the handshake: answering 500");
			this.connection.tryReject(HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR));
		}
		this.connection.close(NORMAL);
	}

	private void failed(Throwable failure) {
		if (this.connection.state() == State.CONNECTING) {
			rejectFor(failure);
		}
		else if (failure instanceof WebSocketDisconnect) {
			this.connection.close(NORMAL);
		}
		else if (failure instanceof WebSocketException ex && CloseCodes.isSendable(ex.code())) {
			this.connection.close(CloseCodes.sendable(ex.code(), ex.reason()));
		}
		else {
			logger.error("Handler of " + describe() + " failed", failure);
			this.connection.close(FAILED);
		}
	}

	private void rejectFor(Throwable failure) {
		HttpReply reply = this.rejections.replyTo(failure, this.ws.principal() != null);
		if (reply == null) {
			logger.error("Handler of " + describe() + " failed before deciding the handshake: answering 500", failure);
			reply = HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR);
		}
		this.connection.tryReject(reply);
	}

	private String describe() {
		return "route '" + this.connection.route() + "' with connection " + this.connection.id();
	}

}
