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

package io.nexios.ws.server.connection;

import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.server.connection.Handshake.Decision;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.handshake.HandshakeAttributes;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.inbound.InboundQueue;
import io.nexios.ws.server.lifecycle.ConnectionEnd;
import io.nexios.ws.server.lifecycle.ConnectionEvents;
import io.nexios.ws.server.lifecycle.LastActivity;
import io.nexios.ws.server.lifecycle.Lifecycle;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

/**
 * One connection, from its handshake to its end. It connects its parts: the
 * {@link Handshake}, the {@link Receiver}, the {@link OpenConnection} that exists after
 * the handshake, and the {@link ConnectionEnd}. If several of them act at the same time,
 * the {@link Lifecycle} decides which one is first.
 *
 * @author Nexios Team
 */
public final class Connection {

	private final String id;

	private final String route;

	private final Shared shared;

	private final Admission.Ticket ticket;

	private final Lifecycle lifecycle = new Lifecycle();

	private final LastActivity activity = new LastActivity();

	private final AtomicBoolean released = new AtomicBoolean();

	private final ConnectionEvents events;

	private final Handshake handshake;

	private final ConnectionContext context;

	private final Sender sender;

	private final ContainerSide container;

	private final WebSocket webSocket;

	/**
	 * Create a connection whose handshake is undecided.
	 * @param id its id
	 * @param route the path of its route
	 * @param shared the objects that it shares with all others
	 * @param ticket its place in the limits
	 * @param view creates its {@link WebSocket}
	 */
	Connection(String id, String route, Shared shared, Admission.Ticket ticket, Function<Connection, WebSocket> view) {
		this.id = id;
		this.route = route;
		this.shared = shared;
		this.ticket = ticket;
		ServerEnvironment environment = shared.environment();
		ConnectionObserver observer = environment.observer().connection(route);
		this.events = new ConnectionEvents(environment.events(), environment.threads());
		this.handshake = new Handshake(this, route, this.lifecycle, shared.pending(), this::finish);
		ConnectionEnd end = new ConnectionEnd(this, this.lifecycle, this::webSocket, this.events, observer,
				environment.threads(), ticket, this.handshake::failureStatus);
		this.context = new ConnectionContext(id, environment.settings(), environment.threads(), observer,
				this.lifecycle, new Receiver(observer), end, this::finish);
		this.sender = new Sender(this.context, this.activity, shared.budget());
		this.container = new ContainerSide(this.context, this.handshake, this.activity, shared.budget(),
				environment.rateLimiters(), () -> shared.opening().accept(this), () -> shared.over().accept(this));
		this.webSocket = view.apply(this);
	}

	public String id() {
		return this.id;
	}

	public String route() {
		return this.route;
	}

	public WebSocket webSocket() {
		return this.webSocket;
	}

	public State state() {
		return this.lifecycle.state();
	}

	public @Nullable AcceptanceSpec spec() {
		return this.handshake.spec();
	}

	public ConnectionObserver observer() {
		return this.context.observer();
	}

	public ConnectionEvents events() {
		return this.events;
	}

	public LastActivity activity() {
		return this.activity;
	}

	// The handshake, by the handler

	public void accept(AcceptanceSpec spec) {
		this.handshake.accept(spec);
	}

	public void reject(HttpReply reply) {
		if (!tryReject(reply)) {
			throw this.handshake.alreadyDecided("The handshake is accepted: call close() instead");
		}
	}

	/**
	 * Reject the handshake, unless it is decided.
	 * @param reply the answer
	 * @return whether it was undecided
	 */
	public boolean tryReject(HttpReply reply) {
		return this.handshake.reject(reply);
	}

	/**
	 * Count this connection for a user that its request did not have.
	 * @param user the user
	 * @return the reason for a refusal, or {@code null} if there is none
	 */
	public @Nullable Refusal takePlace(Principal user) {
		return this.ticket.take(user);
	}

	// The handshake, by the thread of the request

	/**
	 * Set the attributes of the request, before the handler starts.
	 * @param attributes the attributes of the request
	 */
	public void setRequestAttributes(HandshakeAttributes attributes) {
		this.handshake.setAttributes(attributes);
	}

	/**
	 * End the handshake after an earlier failure, because no thread will wait for the
	 * decision. If the handler is running nevertheless, it learns of the end.
	 */
	public void neverStarted() {
		tryReject(HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR));
		notOpened();
		this.handshake.releaseRequest();
		this.ticket.giveBack();
		released();
	}

	/**
	 * Reject the handshake, because the handler cannot be called.
	 * @param reply the answer to the client
	 */
	public void refused(HttpReply reply) {
		tryReject(reply);
		released();
	}

	public Decision awaitDecision() {
		return this.handshake.awaitDecision(this.ticket);
	}

	public void notOpened() {
		this.handshake.notOpened();
	}

	/**
	 * Return the callbacks to which the container reports.
	 * @return the callbacks, which have to get every event of the connection
	 */
	public ConnectionCallbacks callbacks() {
		return this.container;
	}

	public Receiver receiver() {
		return this.context.receiver();
	}

	/**
	 * The handler has returned and receives no more messages.
	 */
	public void handlerReturned() {
		OpenConnection open = open();
		if (open != null && !this.context.receiver().isDispatched()) {
			open.inbound().queue().release();
		}
	}

	/**
	 * The application's code for this connection has ended and will not run again.
	 */
	public void released() {
		if (this.released.compareAndSet(false, true)) {
			observer().handlerReleased();
		}
	}

	/**
	 * Dispatch the messages to a consumer.
	 * @param dispatch hands the messages over
	 */
	public void dispatchTo(Dispatch dispatch) {
		if (state() != State.CONNECTING) {
			dispatch.release();
			throw this.handshake.alreadyDecided("Messages cannot be dispatched after accept()");
		}
		this.context.receiver().dispatchTo(dispatch);
		whenEnded(() -> {
			if (open() == null) {
				dispatch.release();
			}
		});
	}

	public WSMessage receive() {
		return this.context.receiver().receive(receivable());
	}

	public @Nullable WSMessage receive(Duration timeout) {
		return this.context.receiver().receive(receivable(), timeout);
	}

	private InboundQueue receivable() {
		Assert.state(!this.context.receiver().isDispatched(),
				"The messages of this connection go to its consumer: see onReceive");
		return accepted("receive").inbound().queue();
	}

	/**
	 * Return the next message, without waiting.
	 * @return the message or the end, or {@code null} if there is neither
	 */
	public @Nullable WSMessage poll() {
		OpenConnection open = open();
		return (open != null) ? open.inbound().queue().poll() : null;
	}

	public void send(OutboundFrame frame) {
		this.sender.send(accepted("send"), frame);
	}

	/**
	 * Send without waiting, on any thread.
	 * @param frame the message
	 * @return whether the connection is open
	 */
	public boolean offer(OutboundFrame frame) {
		OpenConnection open = open();
		return open != null && this.sender.offer(open, frame);
	}

	/**
	 * Return whether messages for a peer that reads too slowly are dropped.
	 * @return whether they are, {@code false} if the handshake is not accepted yet
	 */
	public boolean isDropping() {
		AcceptanceSpec spec = spec();
		return spec != null && spec.overflow() != OverflowPolicy.CLOSE;
	}

	private OpenConnection accepted(String operation) {
		State state = state();
		Assert.state(state != State.CONNECTING && state != State.ACCEPTING,
				() -> "Cannot " + operation + " before the handshake is accepted: call accept() first");
		Assert.state(state != State.REJECTED, () -> "Cannot " + operation + ": the handshake was rejected");
		OpenConnection open = open();
		if (open == null) {
			throw new WebSocketDisconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
		}
		return open;
	}

	/**
	 * Close the connection for the application, after all sent messages. Messages that
	 * the application has not received are discarded.
	 * @param status a code and reason that can be sent in a close frame
	 */
	public void close(CloseStatus status) {
		notOpened();
		OpenConnection open = open();
		if (open != null) {
			open.closing().close(status);
		}
	}

	/**
	 * Return how the server ends the connection against the will of both sides.
	 * @return the eviction
	 */
	public Eviction eviction() {
		return new Eviction(this, this.handshake);
	}

	/**
	 * Run an action when the connection ends, or now if it has ended.
	 * @param action the action
	 */
	public void whenEnded(Runnable action) {
		this.context.end().add(action);
	}

	/**
	 * Return a stage that completes when the connection is over.
	 * @return the stage, which has the code and reason of the end
	 */
	public CompletionStage<CloseStatus> endStage() {
		return this.context.end().stage();
	}

	private void finish() {
		this.shared.over().accept(this);
		this.context.end().finish();
	}

	public <T> @Nullable T unwrap(Class<T> type) {
		OpenConnection open = open();
		return (open != null) ? open.transport().unwrap(type) : null;
	}

	/**
	 * Return the open connection.
	 * @return the open connection, or {@code null} if the container has not opened it
	 */
	@Nullable OpenConnection open() {
		return this.handshake.open();
	}

	@Override
	public String toString() {
		return "route '" + this.route + "' with connection " + this.id;
	}

	/**
	 * The objects that a connection shares with all others.
	 *
	 * @param environment the settings and services of the server
	 * @param pending the handshakes that are undecided
	 * @param budget counts the bytes that wait for all peers together
	 * @param opening called before a connection opens
	 * @param over called when a connection is over, even if it has not opened
	 */
	record Shared(ServerEnvironment environment, PendingHandshakes pending, OutboundBudget budget,
			Consumer<Connection> opening, Consumer<Connection> over) {

	}

}
