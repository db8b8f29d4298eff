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

import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.server.connection.Handshake.Decision;
import io.nexios.ws.server.connection.Lifecycle.State;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.handshake.HandshakeAttributes;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.inbound.MessageTimer;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.outbound.OutboundLoad;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.CloseCodes;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import io.nexios.ws.server.transport.Utf8;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

/**
 * One connection: the handshake, then the wire, then the end. Ties the container's
 * callbacks, the handler's calls and the clock to the {@link Lifecycle}, which decides
 * who of them is first.
 *
 * @author Nexios Team
 */
public final class Connection implements ConnectionCallbacks {

	private static final Log logger = LogFactory.getLog(Connection.class);

	private static final CloseStatus VANISHED = new CloseStatus(CloseStatus.NO_CLOSE_FRAME.getCode(), "");

	private static final CloseStatus BROKEN = new CloseStatus(CloseStatus.GOING_AWAY.getCode(), "");

	// Containers report the end of a broken connection by themselves, with the true code
	private static final Duration BROKEN_GRACE = Duration.ofSeconds(1);

	// For the peer to learn why, where nothing that was sent is waited for
	private static final Duration BRIEF = Duration.ofSeconds(1);

	// For a handler that has just accepted to come to its first receive
	private static final Duration FIRST_RECEIVE = Duration.ofMillis(200);

	private final String id;

	private final String route;

	private final ServerEnvironment environment;

	private final ServerThreads threads;

	private final Lifecycle lifecycle = new Lifecycle();

	private final Handshake handshake;

	private final ClosedSignal closed = new ClosedSignal();

	private final LoadShedding loadShedding;

	private final Admission.Ticket ticket;

	private final EndActions endActions = new EndActions(this);

	private final ConnectionEvents events;

	private final LastActivity activity = new LastActivity();

	private final ConnectionObserver observer;

	private final MessageTimer handling;

	private final AtomicBoolean released = new AtomicBoolean();

	private @Nullable WebSocket webSocket;

	private volatile @Nullable Dispatch dispatch;

	private volatile @Nullable OpenConnection wire;

	private volatile @Nullable Thread handlerThread;

	private volatile boolean endReceived;

	// A write has failed: what the container will report of it is the end, not a close
	// that
	// the application makes of it
	private volatile boolean broken;

	private volatile boolean dropped;

	private volatile boolean limitExceeded;

	private volatile long openedAt;

	// Set right after this side has closed, or the peer
	private volatile @Nullable CloseTime closing;

	public Connection(String id, String route, ServerEnvironment environment, ConnectionFactory guards,
			Admission.Ticket ticket) {
		this.id = id;
		this.route = route;
		this.environment = environment;
		this.threads = environment.threads();
		this.loadShedding = guards.load();
		this.ticket = ticket;
		this.handshake = new Handshake(this, this.lifecycle, guards.handshakes());
		this.events = new ConnectionEvents(environment.events(), this.threads);
		this.observer = environment.observer().connection(route);
		this.handling = new MessageTimer(this.observer);
	}

	public String id() {
		return this.id;
	}

	/**
	 * Set what the handler sees, before the handler starts.
	 * @param webSocket the public side of this connection
	 */
	public void setWebSocket(WebSocket webSocket) {
		this.webSocket = webSocket;
		this.observer.started(webSocket);
	}

	/**
	 * Set what belongs to the request, before the handler starts.
	 * @param attributes the attributes of the request
	 */
	public void setRequestAttributes(HandshakeAttributes attributes) {
		this.handshake.setAttributes(attributes);
	}

	public WebSocket webSocket() {
		WebSocket webSocket = this.webSocket;
		Assert.state(webSocket != null, "The connection has no handler yet");
		return webSocket;
	}

	public LastActivity activity() {
		return this.activity;
	}

	public ConnectionEvents events() {
		return this.events;
	}

	public void whenEnded(Runnable action) {
		this.endActions.add(action);
	}

	public String route() {
		return this.route;
	}

	public State state() {
		return this.lifecycle.state();
	}

	public @Nullable AcceptanceSpec spec() {
		return this.handshake.spec();
	}

	public MessageTimer handling() {
		return this.handling;
	}

	public ConnectionObserver observer() {
		return this.observer;
	}

	// The handshake, by the handler

	public void handlerStarted() {
		this.handlerThread = Thread.currentThread();
	}

	public void handlerPaused() {
		this.handlerThread = null;
	}

	/**
	 * The handler has returned, and receives nothing any more.
	 */
	public void handlerReturned() {
		OpenConnection wire = this.wire;
		if (wire != null && !isDispatched()) {
			wire.inbound().release();
		}
	}

	/**
	 * No code of the application runs for this connection any more, nor will.
	 */
	public void released() {
		if (this.released.compareAndSet(false, true)) {
			this.observer.released();
		}
	}

	/**
	 * Let the messages go to a consumer.
	 * @param dispatch what hands them over
	 */
	public void dispatchTo(Dispatch dispatch) {
		if (state() != State.CONNECTING) {
			dispatch.release();
			throw this.handshake.alreadyDecided("Messages cannot be dispatched after accept()");
		}
		this.dispatch = dispatch;
		whenEnded(() -> {
			if (this.wire == null) {
				dispatch.release();
			}
		});
	}

	public void startDispatch() {
		Dispatch dispatch = this.dispatch;
		Assert.state(dispatch != null, "There is nothing to dispatch to");
		if (dispatch.claimStart()) {
			handlerPaused();
			dispatch.start();
		}
	}

	public boolean isDispatched() {
		return this.dispatch != null;
	}

	/**
	 * Count this connection as one of a user whom its request did not have.
	 * @param user the user
	 * @return why it may not be, or {@code null} if it may
	 */
	public @Nullable Refusal takePlace(Principal user) {
		return this.ticket.take(user);
	}

	public void accept(AcceptanceSpec spec) {
		this.handshake.accept(spec);
	}

	public void reject(HttpReply reply) {
		if (!tryReject(reply)) {
			throw this.handshake.alreadyDecided("The handshake is accepted: call close() instead");
		}
	}

	public boolean tryReject(HttpReply reply) {
		return this.handshake.reject(reply);
	}

	// The handshake, by the thread of the request

	/**
	 * Nobody will wait for the decision, because something went wrong before, so nothing
	 * else will end it. Its handler may be running nevertheless, and is told.
	 */
	public void neverStarted() {
		tryReject(HttpReply.of(HttpStatus.INTERNAL_SERVER_ERROR));
		notOpened();
		this.handshake.releaseRequest();
		this.ticket.giveBack();
		released();
	}

	public Decision awaitDecision() {
		Decision decision = this.handshake.awaitDecision();
		this.ticket.decided();
		if (decision instanceof Decision.Rejected) {
			// Not at its end, which its handler may still hold up when the client knows
			this.ticket.giveBack();
		}
		return decision;
	}

	/**
	 * The handler cannot be asked.
	 * @param reply what the client is told
	 */
	public void refused(HttpReply reply) {
		tryReject(reply);
		released();
	}

	public void notOpened() {
		this.handshake.notOpened();
	}

	// From the container

	@Override
	public void opened(Transport transport) {
		AcceptanceSpec spec = spec();
		Assert.state(spec != null, "Opened without having been accepted");
		Dispatch dispatch = this.dispatch;
		OpenConnection wire = new OpenConnection(this, transport, spec, this.environment, this.loadShedding.budget(),
				(dispatch != null) ? dispatch::signal : null);
		this.wire = wire;
		this.openedAt = System.nanoTime();
		// Before it is open, or its end could come first and the entry would stay
		this.environment.connections().add(this);
		if (this.lifecycle.opened()) {
			this.observer.opened();
			this.events.start(WebSocketConnectedEvent.class, () -> new WebSocketConnectedEvent(webSocket()));
			this.handshake.opened();
		}
		else {
			this.environment.connections().remove(this);
			wire.inbound().end(disconnect(), true);
			this.threads.executeSurely(() -> transport.close(BROKEN, BRIEF));
			this.threads.schedule(transport::drop, BRIEF);
		}
	}

	@Override
	public void text(String part, boolean last) {
		CloseTime closing = this.closing;
		if (closing == null) {
			wire().text(part, last);
		}
		else {
			drop(closing, Utf8.lengthOfPiece(part), last);
		}
	}

	@Override
	public void binary(ByteBuffer part, boolean last) {
		CloseTime closing = this.closing;
		if (closing == null) {
			wire().binary(part, last);
		}
		else {
			drop(closing, part.remaining(), last);
		}
	}

	private void drop(CloseTime closing, int size, boolean last) {
		closing.progress();
		// One that was closed for a limit has only a moment, in which it may learn why
		if (!wire().drop(size, last) && !this.limitExceeded) {
			drop();
		}
	}

	@Override
	public void pong(ByteBuffer payload) {
		CloseTime closing = this.closing;
		if (closing == null) {
			wire().pong(payload);
		}
		else {
			drop(closing, payload.remaining(), true);
		}
	}

	/**
	 * Close behind all messages sent, because the connection cannot go on: what arrived
	 * before is still received.
	 * @param limit what it has exceeded
	 */
	public void exceeded(Limit limit) {
		notOpened();
		if (!this.broken && this.lifecycle.terminate(limit.status())) {
			this.limitExceeded = true;
			closeBehindMessages(limit.status(), false);
			limitExceeded(limit);
		}
	}

	/**
	 * Everything but the answer happens at once. The answer waits for the messages that
	 * came before the close, if somebody is at work at them.
	 */
	@Override
	public void peerClosed(CloseStatus status) {
		if (!this.lifecycle.peerLeft(CloseCodes.received(status))) {
			// The peer reads no further: this side's close frame answers without delay
			wire().outbound().cut(status, BRIEF, true);
			return;
		}
		this.closing = CloseTime.of(this.environment.settings().close());
		wire().inbound().end(disconnect(), false);
		switch (wire().inbound().holdUntilIdle(() -> answer(status))) {
			// Behind the answers to messages that have been handled
			case NOTHING_TO_WAIT_FOR -> wire().outbound().close(status, BRIEF, true);
			case NOBODY_HAS_RECEIVED -> this.threads.schedule(wire().inbound()::releaseUnlessReceived, FIRST_RECEIVE);
			case AT_WORK -> logger.trace("The answer to the close of the peer waits");
		}
		this.endActions.run();
	}

	private void answer(CloseStatus status) {
		this.closing = CloseTime.brief(BRIEF);
		wire().outbound().close(status, BRIEF, isHandlerThread());
	}

	private void limitExceeded(Limit limit) {
		logger.debug("Closing connection " + this.id + ": " + limit.status().getReason());
		this.observer.limitExceeded(limit);
	}

	@Override
	public void closed(CloseStatus status) {
		this.lifecycle.peerLeft(CloseCodes.received(status));
		if (this.lifecycle.gone(status.getCode() != CloseStatus.NO_CLOSE_FRAME.getCode())) {
			finish();
		}
	}

	// Messages

	public WSMessage receive() {
		assertReceivable();
		this.handling.stop();
		return endOnce(wire().inbound().take());
	}

	public @Nullable WSMessage receive(Duration timeout) {
		assertReceivable();
		this.handling.stop();
		WSMessage message = wire().inbound().take(timeout);
		return (message != null) ? endOnce(message) : null;
	}

	private void assertReceivable() {
		Assert.state(!isDispatched(), "The messages of this connection go to its consumer: see onReceive");
		assertAccepted("receive");
	}

	/**
	 * Return the next message, without waiting.
	 * @return the message or the end, or {@code null} if there is neither
	 */
	public @Nullable WSMessage poll() {
		OpenConnection wire = this.wire;
		return (wire != null) ? wire.inbound().poll() : null;
	}

	private WSMessage endOnce(WSMessage message) {
		if (message instanceof WSMessage.Disconnect end) {
			if (this.endReceived) {
				throw new WebSocketDisconnect(end.code(), end.reason());
			}
			this.endReceived = true;
		}
		else {
			this.handling.start();
		}
		return message;
	}

	public void send(OutboundFrame frame) {
		assertAccepted("send");
		this.activity.happened();
		OpenConnection wire = wire();
		boolean handler = isHandlerThread();
		boolean inline = handler && !wire.inbound().hasMessages();
		boolean open = state() == State.OPEN || (handler && wire.inbound().isAnswering());
		if (open && wire.outbound().send(frame, handler, inline)) {
			this.loadShedding.checkLoad();
			return;
		}
		if (state() != State.PEER_CLOSED || !wire.inbound().hasMessages()) {
			WSMessage.Disconnect end = disconnect();
			throw new WebSocketDisconnect(end.code(), end.reason());
		}
	}

	/**
	 * Send without ever waiting, whatever the thread.
	 * @param frame the message
	 * @return whether the connection is open
	 */
	public boolean offer(OutboundFrame frame) {
		this.activity.happened();
		boolean open = state() == State.OPEN && wire().outbound().send(frame, false, false);
		this.loadShedding.checkLoad();
		return open;
	}

	private boolean isHandlerThread() {
		return Thread.currentThread() == this.handlerThread;
	}

	private void assertAccepted(String operation) {
		State state = state();
		Assert.state(state != State.CONNECTING && state != State.ACCEPTING,
				() -> "Cannot " + operation + " before the handshake is accepted: call accept() first");
		Assert.state(state != State.REJECTED, () -> "Cannot " + operation + ": the handshake was rejected");
		if (this.wire == null) {
			throw new WebSocketDisconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
		}
	}

	// The end

	/**
	 * Close behind all messages sent, by the application: what it has not received is
	 * forgotten.
	 * @param status the code and reason, which can be sent
	 */
	public void close(CloseStatus status) {
		close(status, true);
	}

	/**
	 * Close, or reject if the handshake is undecided, because the peer may not be
	 * connected any longer.
	 * @param status the code and reason, which can be sent
	 */
	public void revoke(CloseStatus status) {
		if (!tryReject(HttpReply.of(HttpStatus.UNAUTHORIZED))) {
			close(status);
		}
	}

	private void close(CloseStatus status, boolean discardInbound) {
		notOpened();
		if (!this.broken && this.lifecycle.close(status)) {
			closeBehindMessages(status, discardInbound);
		}
	}

	private void closeBehindMessages(CloseStatus status, boolean discardInbound) {
		ServerSettings.Close settings = this.environment.settings().close();
		this.closing = CloseTime.of(settings);
		endInbound(discardInbound);
		wire().outbound().close(status, settings.timeout(), isHandlerThread());
		this.endActions.run();
	}

	/**
	 * This side's close frame was handed to the container. A peer that has exceeded a
	 * limit has little time to answer.
	 */
	void closeSent() {
		if (this.limitExceeded) {
			hurry();
		}
	}

	private void endInbound(boolean discard) {
		if (isDispatched()) {
			// A consumer is told when the outcome is known
			wire().inbound().stop(discard);
		}
		else {
			wire().inbound().end(disconnect(), discard);
		}
	}

	/**
	 * End the connection without waiting for anything that was sent, also if it is ending
	 * already. Leaves all that takes time to a task: the caller may be sending to a whole
	 * group.
	 * @param status the code and reason, which can be sent
	 */
	public void terminate(CloseStatus status) {
		terminate(status, status);
	}

	private boolean terminate(CloseStatus end, CloseStatus told) {
		boolean terminated = this.lifecycle.terminate(end);
		if (terminated) {
			this.closing = CloseTime.brief(BRIEF);
			wire().outbound().cut(told, BRIEF, false);
			this.threads.executeSurely(() -> {
				endInbound(false);
				this.endActions.run();
			});
			// Also after the server has stopped, and with it the clock
			this.threads.schedule(this::dropUnlessGone, BRIEF);
		}
		else if (state() == State.CLOSING) {
			wire().outbound().cut(told, BRIEF, false);
			hurry();
		}
		return terminated;
	}

	private void dropUnlessGone() {
		if (state() == State.CLOSING) {
			drop();
		}
	}

	private void hurry() {
		CloseTime closing = this.closing;
		if (closing != null) {
			closing.endWithin(BRIEF);
		}
	}

	/**
	 * Drop the connection, however far it has come, as there is no time left to close it.
	 * @param status the code and reason of its end, unless it is ending already
	 */
	public void cutOff(CloseStatus status) {
		if (this.lifecycle.terminate(status)) {
			this.threads.executeSurely(() -> endInbound(false));
		}
		drop();
	}

	private void drop() {
		if (this.dropped) {
			return;
		}
		this.dropped = true;
		wire().outbound().abandon();
		this.threads.executeSoon(() -> {
			wire().transport().drop();
			closed(CloseStatus.NO_CLOSE_FRAME);
		});
	}

	/**
	 * The peer does not read as fast as there are messages for it.
	 * @param limit what is exceeded
	 */
	void tooSlow(Limit limit) {
		if (terminate(limit.status(), limit.status())) {
			limitExceeded(limit);
		}
	}

	/**
	 * Nothing can be written any more.
	 * @param failure what happened
	 */
	void broken(Throwable failure) {
		this.broken = true;
		logger.debug("Connection " + this.id + " cannot be written to", failure);
		wire().outbound().abandon();
		this.threads.schedule(this::drop, BROKEN_GRACE);
	}

	/**
	 * Look for what has taken too long.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	public void checkTime(long now) {
		CloseTime closing = this.closing;
		if (closing != null) {
			checkClose(closing, now);
		}
		else if (outboundAge(now) > this.environment.settings().outbound().maxAge().toNanos()) {
			tooSlow(Limit.OUTBOUND_AGE);
		}
		else if (state() == State.OPEN) {
			checkMessage(now);
			checkPeer(now);
		}
	}

	/**
	 * Let some of the time that has passed not count against the peer.
	 * @param unwritten how much at most for what waits for the peer, in nanoseconds
	 * @param unread how much at most for what is awaited from it
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long unwritten, long unread, long now) {
		wire().excuse(unwritten, unread, now);
		CloseTime closing = this.closing;
		if (closing != null) {
			closing.excuse(unread, now);
		}
	}

	private void checkClose(CloseTime closing, long now) {
		if (closing.isOver(now) && !wire().inbound().release()) {
			logger.debug("Connection " + this.id + " is dropped: its peer has not ended it");
			drop();
		}
	}

	/**
	 * The container took bytes for the peer.
	 */
	void progress() {
		CloseTime closing = this.closing;
		if (closing != null) {
			closing.progress();
		}
	}

	private void checkMessage(long now) {
		if (wire().isMessageOverdue(now, this.environment.settings().limits().messageTime())) {
			// As closing calls what there is to do at the end
			this.threads.executeSurely(() -> exceeded(Limit.MESSAGE_TIME));
		}
	}

	private void checkPeer(long now) {
		if (!wire().beat(now)) {
			logger.debug("The peer of connection " + this.id + " has vanished");
			terminate(VANISHED, BROKEN);
		}
	}

	/**
	 * Return for how long the peer has not read what was written to it.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the time in nanoseconds, 0 if it has read everything
	 */
	long outboundAge(long now) {
		return wire().outbound().age(now);
	}

	/**
	 * Return how much waits for the peer.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return a snapshot
	 */
	OutboundLoad outboundLoad(long now) {
		return wire().outbound().load(now);
	}

	/**
	 * Drop what the peer has not read, if messages of this connection may be dropped.
	 */
	void shedMessages() {
		wire().outbound().shed();
	}

	/**
	 * What has to be done once when the connection is over, whoever noticed.
	 */
	void finish() {
		try {
			OpenConnection wire = this.wire;
			if (wire != null) {
				wire.outbound().abandon();
				wire.inbound().end(disconnect(), false);
			}
		}
		finally {
			this.environment.connections().remove(this);
			// Another thread may still be leaving groups for a close of ours
			this.endActions.runAllAndThen(this::tellEnd);
		}
	}

	private void tellEnd() {
		try {
			this.ticket.giveBack();
		}
		finally {
			tellOthersTheEnd();
		}
	}

	private void tellOthersTheEnd() {
		WSMessage.Disconnect end = disconnect();
		Duration duration = Duration.ofNanos(System.nanoTime() - this.openedAt);
		this.events.publish(WebSocketDisconnectedEvent.class,
				() -> new WebSocketDisconnectedEvent(webSocket(), end.code(), end.reason(), duration));
		this.closed.fire(new CloseStatus(end.code(), end.reason()), this.threads::executeListener);
		// Last: it may call code of the application, and nothing is to depend on that
		tellObserver(end.code(), duration);
	}

	private void tellObserver(int code, Duration duration) {
		Integer failureStatus = this.handshake.failureStatus();
		if (failureStatus == null) {
			this.observer.closed(code, duration);
		}
		else {
			this.observer.notOpened(failureStatus);
		}
	}

	/**
	 * Return what is to be seen of this connection from outside.
	 * @return a snapshot, or {@code null} if it has not opened
	 */
	@Nullable ConnectionInfo info() {
		OpenConnection wire = this.wire;
		if (wire == null) {
			return null;
		}
		long now = System.nanoTime();
		return new ConnectionInfo(this.id, this.route, wire.since(), state().name(), webSocket().remoteAddress(),
				webSocket().principal(), wire.inbound().load(), wire.outbound().load(now), wire.roundTrip());
	}

	private WSMessage.Disconnect disconnect() {
		CloseStatus end = this.lifecycle.end();
		return (end != null) ? new WSMessage.Disconnect(end.getCode(), (end.getReason() != null) ? end.getReason() : "")
				: new WSMessage.Disconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
	}

	@Override
	public String toString() {
		return "route '" + this.route + "' with connection " + this.id;
	}

	public CompletionStage<CloseStatus> closed() {
		return this.closed.stage();
	}

	public <T> @Nullable T unwrap(Class<T> type) {
		OpenConnection wire = this.wire;
		return (wire != null) ? wire.transport().unwrap(type) : null;
	}

	private OpenConnection wire() {
		OpenConnection wire = this.wire;
		Assert.state(wire != null, "The connection has not been opened");
		return wire;
	}

}
