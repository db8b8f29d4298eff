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

package io.nexios.ws.server.handler;

import io.nexios.ws.WSHandler;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.observer.ConnectionObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Runs a handler. When the handler returns or fails, the handshake or the connection
 * ends. There is one exception: when the handler returns and messages are dispatched to a
 * consumer, the connection continues.
 *
 * @author Nexios Team
 */
final class HandlerRun implements Runnable {

	private static final Log logger = LogFactory.getLog(Loggers.HANDLER);

	private final WSHandler handler;

	private final Connection connection;

	private final ServerWebSocket ws;

	private final HandlerScope scope;

	private final HandshakeFailures failures;

	private final LogThrottle<String> throttle;

	HandlerRun(WSHandler handler, Connection connection, ServerWebSocket ws, HandlerScope scope,
			HandshakeFailures failures, LogThrottle<String> throttle) {
		this.handler = handler;
		this.connection = connection;
		this.ws = ws;
		this.scope = scope;
		this.failures = failures;
		this.throttle = throttle;
	}

	/**
	 * Return this run in the contexts of its connection. If a context fails, this is a
	 * failure of the handler, even if the handler has not run.
	 * @return the code to run
	 */
	Runnable inContexts() {
		Runnable inContexts = this.scope.around(this);
		return () -> {
			try {
				inContexts.run();
			}
			catch (Throwable ex) {
				failed(ex);
			}
			finally {
				release();
			}
		};
	}

	@Override
	public void run() {
		this.connection.receiver().handlerStarted();
		try (ConnectionObserver.Scope scope = this.connection.observer().handlerEntered()) {
			handle();
		}
	}

	private void release() {
		if (this.connection.receiver().isDispatched()) {
			// Starts the dispatch if the consumer has not started it. That is so if the
			// consumer has failed. It is then called for the end only
			this.connection.receiver().startDispatch();
		}
		else {
			this.connection.released();
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
		if (!this.connection.receiver().isDispatched()) {
			// With a consumer the timer belongs to the thread that runs the consumer
			this.connection.receiver().timer().stop();
		}
		this.connection.handlerReturned();
	}

	private void returned() {
		if (this.connection.state() == State.CONNECTING) {
			logger.error("Handler of " + this.connection + " returned without deciding the handshake: answering 500");
			this.connection.tryReject(HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR));
		}
		if (!this.connection.receiver().isDispatched()) {
			HandlerFailures.returned(this.connection);
		}
	}

	private void failed(Throwable failure) {
		if (this.connection.state() == State.CONNECTING) {
			reject(failure);
		}
		else {
			HandlerFailures.failed(this.connection, this.scope, this.throttle, failure);
		}
	}

	private void reject(Throwable failure) {
		HttpReply reply = replyTo(failure);
		// First, because the next steps call methods of the failure, which may fail again
		this.connection.tryReject((reply != null) ? reply : HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR));
		if (reply == null) {
			FailureLog.error(logger,
					"Handler of " + this.connection + " failed before deciding the handshake: answering 500", failure);
			this.connection.observer().handlerFailed(failure);
		}
	}

	private @Nullable HttpReply replyTo(Throwable failure) {
		try {
			return this.failures.replyTo(failure, this.ws.principal() != null);
		}
		catch (Throwable ex) {
			FailureLog.error(logger, "Cannot create the response to a failure of " + this.connection, ex);
			return null;
		}
	}

}
