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
import io.nexios.ws.server.Lifecycle.State;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;

/**
 * A handler at work: calls it and turns its end into that of the handshake or the
 * connection. A connection whose messages are dispatched to a consumer goes on.
 *
 * @author Nexios Team
 */
final class HandlerRun implements Runnable {

	private static final Log logger = LogFactory.getLog(HandlerRun.class);

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
		try (ConnectionObserver.Scope scope = this.connection.observer().enter()) {
			handle();
		}
		if (this.connection.isDispatched()) {
			// Unless the consumer has: it does not if it failed, to be called for the end
			// only
			this.connection.startDispatch();
		}
		else {
			this.connection.observer().released();
		}
	}

	private void handle() {
		try {
			this.handler.handle(this.ws);
			returned();
		}
		catch (Throwable ex) {
			failed(ex);
		}
		if (!this.connection.isDispatched()) {
			// The timer is the consumer's then, on whatever thread that runs
			this.connection.handling().stop();
		}
		this.connection.handlerReturned();
	}

	private void returned() {
		if (this.connection.state() == State.CONNECTING) {
			logger.error("Handler of " + this.connection + " returned without deciding the handshake: answering 500");
			this.connection.tryReject(HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR));
		}
		if (!this.connection.isDispatched()) {
			HandlerOutcome.returned(this.connection);
		}
	}

	private void failed(Throwable failure) {
		if (this.connection.state() == State.CONNECTING) {
			this.connection.tryReject(replyTo(failure));
		}
		else {
			HandlerOutcome.failed(this.connection, failure);
		}
	}

	private HttpReply replyTo(Throwable failure) {
		HttpReply reply = this.rejections.replyTo(failure, this.ws.principal() != null);
		if (reply == null) {
			this.connection.observer().failed(failure);
			logger.error("Handler of " + this.connection + " failed before deciding the handshake: answering 500",
					failure);
			return HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR);
		}
		return reply;
	}

}
