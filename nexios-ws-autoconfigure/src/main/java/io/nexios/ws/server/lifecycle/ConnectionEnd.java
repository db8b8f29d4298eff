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

package io.nexios.ws.server.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.thread.ServerThreads;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Does the work at the end of a connection, once and in this order: it runs the
 * registered actions, gives the place in the limits back, publishes the event, completes
 * {@code closed()}, and calls the observer.
 *
 * @author Nexios Team
 */
public final class ConnectionEnd {

	private final Lifecycle lifecycle;

	private final Supplier<WebSocket> webSocket;

	private final ConnectionEvents events;

	private final ConnectionObserver observer;

	private final ServerThreads threads;

	private final Admission.Ticket ticket;

	private final Supplier<@Nullable Integer> failureStatus;

	private final EndActions actions;

	private final ClosedSignal closed = new ClosedSignal();

	private volatile long openedAt;

	/**
	 * Create an end.
	 * @param owner named in the log if an action fails
	 * @param lifecycle knows the code of the end
	 * @param webSocket returns the {@link WebSocket} for events
	 * @param events the events of the connection
	 * @param observer called for the opening and the end
	 * @param threads run the actions that depend on the end
	 * @param ticket the place in the limits
	 * @param failureStatus returns the HTTP status if the handshake has failed, or
	 * {@code null}
	 */
	public ConnectionEnd(Object owner, Lifecycle lifecycle, Supplier<WebSocket> webSocket, ConnectionEvents events,
			ConnectionObserver observer, ServerThreads threads, Admission.Ticket ticket,
			Supplier<@Nullable Integer> failureStatus) {
		this.lifecycle = lifecycle;
		this.webSocket = webSocket;
		this.events = events;
		this.observer = observer;
		this.threads = threads;
		this.ticket = ticket;
		this.failureStatus = failureStatus;
		this.actions = new EndActions(owner);
	}

	/**
	 * The connection is about to open.
	 */
	public void opening() {
		this.openedAt = System.nanoTime();
	}

	/**
	 * The connection has opened.
	 */
	public void opened() {
		this.observer.connectionOpened();
		this.events.start(WebSocketConnectedEvent.class, () -> new WebSocketConnectedEvent(this.webSocket.get()));
	}

	/**
	 * Run an action at the end, or now if the connection has ended.
	 * @param action the action
	 */
	public void add(Runnable action) {
		this.actions.add(action);
	}

	/**
	 * Run the registered actions, because the connection is ending.
	 */
	public void runActions() {
		this.actions.run();
	}

	/**
	 * Do the rest of the work, because the connection is over. To be called once.
	 */
	public void finish() {
		// Another thread may still be leaving groups after a close by the server
		this.actions.runAllAndThen(this::tell);
	}

	private void tell() {
		try {
			this.ticket.giveBack();
		}
		finally {
			tellOthers();
		}
	}

	private void tellOthers() {
		WSMessage.Disconnect end = disconnect();
		Duration duration = Duration.ofNanos(System.nanoTime() - this.openedAt);
		this.events.publish(WebSocketDisconnectedEvent.class,
				() -> new WebSocketDisconnectedEvent(this.webSocket.get(), end.code(), end.reason(), duration));
		this.closed.fire(new CloseStatus(end.code(), end.reason()), this.threads::executeListener);
		// Last, because the observer may call application code, and nothing depends on
		// that code
		tellObserver(end.code(), duration);
	}

	private void tellObserver(int code, Duration duration) {
		Integer status = this.failureStatus.get();
		if (status == null) {
			this.observer.connectionClosed(code, duration);
		}
		else {
			this.observer.handshakeFailed(status);
		}
	}

	/**
	 * Return the end as a message.
	 * @return the code and reason. The code is 1006 as long as the end is unknown
	 */
	public WSMessage.Disconnect disconnect() {
		CloseStatus end = this.lifecycle.end();
		return (end != null) ? new WSMessage.Disconnect(end.getCode(), (end.getReason() != null) ? end.getReason() : "")
				: new WSMessage.Disconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
	}

	public CompletionStage<CloseStatus> stage() {
		return this.closed.stage();
	}

}
