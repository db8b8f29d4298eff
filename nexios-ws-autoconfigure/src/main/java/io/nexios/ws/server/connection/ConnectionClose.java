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

import java.time.Duration;

import io.nexios.ws.server.inbound.InboundQueue;
import io.nexios.ws.server.lifecycle.ConnectionEnd;
import io.nexios.ws.server.lifecycle.Lifecycle;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.outbound.OutboundQueue;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.CloseCodes;
import io.nexios.ws.server.transport.Transport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Closes an open connection. There are four ways:
 * <ul>
 * <li><em>close</em>: after all sent messages, within the time of the settings;</li>
 * <li><em>terminate</em>: after the write that is under way, within a second;</li>
 * <li><em>answer</em>: the peer has closed, and gets the answer to its close after the
 * answers to its messages;</li>
 * <li><em>drop</em>: the transport is closed without a close frame.</li>
 * </ul>
 * The {@link Lifecycle} decides which one is first. A later one can only make the end
 * come sooner.
 *
 * @author Nexios Team
 */
final class ConnectionClose {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private static final CloseStatus VANISHED = new CloseStatus(CloseStatus.NO_CLOSE_FRAME.getCode(), "");

	private static final CloseStatus BROKEN = new CloseStatus(CloseStatus.GOING_AWAY.getCode(), "");

	// Time for the container to report the end of a broken connection itself, with the
	// correct code
	private static final Duration BROKEN_GRACE = Duration.ofSeconds(1);

	// Time for the peer to learn the reason, if the close does not wait for sent messages
	private static final Duration BRIEF = Duration.ofSeconds(1);

	// Time for a handler that has just accepted to call receive for the first time
	private static final Duration FIRST_RECEIVE = Duration.ofMillis(200);

	private final ConnectionContext context;

	private final Lifecycle lifecycle;

	private final ServerThreads threads;

	private final ConnectionEnd end;

	private final Transport transport;

	private final InboundQueue inbound;

	private final OutboundQueue outbound;

	// A write has failed. The container's report decides the end, not a close by the
	// application
	private volatile boolean broken;

	private volatile boolean dropped;

	private volatile boolean limitExceeded;

	// Set right after the server or the peer has closed
	private volatile @Nullable CloseTime time;

	ConnectionClose(ConnectionContext context, Transport transport, InboundQueue inbound, OutboundQueue outbound) {
		this.context = context;
		this.lifecycle = context.lifecycle();
		this.threads = context.threads();
		this.end = context.end();
		this.transport = transport;
		this.inbound = inbound;
		this.outbound = outbound;
	}

	/**
	 * Return the time that the close may take.
	 * @return the time, or {@code null} if neither side has closed
	 */
	@Nullable CloseTime time() {
		return this.time;
	}

	// After all messages

	/**
	 * Close for the application, after all sent messages. Messages that the application
	 * has not received are discarded.
	 * @param status a code and reason that can be sent in a close frame
	 */
	void close(CloseStatus status) {
		if (!this.broken && this.lifecycle.close(status)) {
			closeBehindMessages(status, true);
		}
	}

	/**
	 * Close after all sent messages, because the peer has exceeded a limit. The
	 * application still receives the messages that arrived before.
	 * @param limit the limit
	 */
	void exceeded(Limit limit) {
		if (!this.broken && this.lifecycle.terminate(limit.status())) {
			this.limitExceeded = true;
			closeBehindMessages(limit.status(), false);
			tellLimit(limit);
		}
	}

	private void closeBehindMessages(CloseStatus status, boolean discardInbound) {
		ServerSettings.Close settings = this.context.settings().close();
		this.time = CloseTime.of(settings);
		endInbound(discardInbound);
		this.outbound.close(status, settings.timeout(), this.context.receiver().isHandlerThread());
		this.end.runActions();
	}

	private void endInbound(boolean discard) {
		if (this.context.receiver().isDispatched()) {
			// A consumer gets the end later, when the final close code is known
			this.inbound.stop(discard);
		}
		else {
			this.inbound.end(this.end.disconnect(), discard);
		}
	}

	private void tellLimit(Limit limit) {
		logger.debug("Closing connection " + this.context.id() + ": " + limit.status().getReason());
		this.context.observer().limitExceeded(limit);
	}

	/**
	 * The server's close frame was handed to the container. A peer that has exceeded a
	 * limit has little time to answer.
	 */
	void closeSent() {
		if (this.limitExceeded) {
			hurry();
		}
	}

	// After the write that is under way

	/**
	 * End the connection without waiting for sent messages, even if it is ending already.
	 * Work that takes time runs in a task, because the caller may be sending to a whole
	 * group.
	 * @param end the code and reason of the end
	 * @param told the code and reason that the peer gets, which can be sent in a close
	 * frame
	 * @return whether the caller is the first to end it
	 */
	boolean terminate(CloseStatus end, CloseStatus told) {
		boolean terminated = this.lifecycle.terminate(end);
		if (terminated) {
			this.time = CloseTime.brief(BRIEF);
			this.outbound.cut(told, BRIEF, false);
			this.threads.executeSurely(() -> {
				endInbound(false);
				this.end.runActions();
			});
			// Not by the sweeper: its clock stops with the server
			this.threads.schedule(this::dropUnlessGone, BRIEF);
		}
		else if (this.lifecycle.state() == State.CLOSING) {
			this.outbound.cut(told, BRIEF, false);
			hurry();
		}
		return terminated;
	}

	/**
	 * End the connection, because the peer reads more slowly than messages are sent to
	 * it.
	 * @param limit the limit that is exceeded
	 */
	void tooSlow(Limit limit) {
		if (terminate(limit.status(), limit.status())) {
			tellLimit(limit);
		}
	}

	/**
	 * End the connection, because the peer does not answer any more.
	 */
	void peerVanished() {
		logger.debug("The peer of connection " + this.context.id() + " has vanished");
		terminate(VANISHED, BROKEN);
	}

	private void dropUnlessGone() {
		if (this.lifecycle.state() == State.CLOSING) {
			drop();
		}
	}

	private void hurry() {
		CloseTime time = this.time;
		if (time != null) {
			time.endWithin(BRIEF);
		}
	}

	// The answer to the peer

	/**
	 * The peer has closed. Everything but the answer happens at once. The answer waits
	 * for the messages that came before the close, if they are being handled.
	 * @param status the code and reason of the peer
	 */
	void peerClosed(CloseStatus status) {
		if (!this.lifecycle.peerLeft(CloseCodes.received(status))) {
			// The peer reads no further, so the server's close frame is its answer,
			// without delay
			this.outbound.cut(status, BRIEF, true);
			return;
		}
		this.time = CloseTime.of(this.context.settings().close());
		this.inbound.end(this.end.disconnect(), false);
		switch (this.inbound.holdUntilIdle(() -> answer(status))) {
			// After the answers to messages that have been handled
			case NOTHING_TO_WAIT_FOR -> this.outbound.close(status, BRIEF, true);
			case NOBODY_HAS_RECEIVED -> this.threads.schedule(this.inbound::releaseUnlessReceived, FIRST_RECEIVE);
			case AT_WORK -> logger.trace("The answer to the close of the peer waits");
		}
		this.end.runActions();
	}

	private void answer(CloseStatus status) {
		this.time = CloseTime.brief(BRIEF);
		this.outbound.close(status, BRIEF, this.context.receiver().isHandlerThread());
	}

	// Without a close frame

	/**
	 * Drop the connection in any state, because there is no time left to close it.
	 * @param status the code and reason of its end, unless it is ending already
	 */
	void cutOff(CloseStatus status) {
		if (this.lifecycle.terminate(status)) {
			this.threads.executeSurely(() -> endInbound(false));
		}
		drop();
	}

	/**
	 * A write has failed, and no more writes are possible.
	 * @param failure the failure
	 */
	void broken(Throwable failure) {
		this.broken = true;
		logger.debug("Connection " + this.context.id() + " cannot be written to", failure);
		this.outbound.abandon();
		this.threads.schedule(this::drop, BROKEN_GRACE);
	}

	/**
	 * The connection has opened after its handshake was given up.
	 */
	void openedTooLate() {
		this.inbound.end(this.end.disconnect(), true);
		this.threads.executeSurely(() -> this.transport.close(BROKEN, BRIEF));
		this.threads.schedule(this.transport::drop, BRIEF);
	}

	/**
	 * A piece of a message has arrived and is discarded, because one side has closed.
	 * @param allowed whether the rate limits allow it
	 */
	void inputDiscarded(boolean allowed) {
		progress();
		// A connection that was closed for a limit has little time left. The peer can
		// learn the reason in this time
		if (!allowed && !this.limitExceeded) {
			drop();
		}
	}

	/**
	 * Drop the connection if its close has taken too long.
	 * @param time the time of the close
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void check(CloseTime time, long now) {
		if (time.isOver(now) && !this.inbound.release()) {
			logger.debug("Connection " + this.context.id() + " is dropped: its peer has not ended it in time");
			drop();
		}
	}

	private void drop() {
		if (this.dropped) {
			return;
		}
		this.dropped = true;
		this.outbound.abandon();
		this.threads.executeSoon(() -> {
			this.transport.drop();
			closed(CloseStatus.NO_CLOSE_FRAME);
		});
	}

	// The end

	/**
	 * The close makes progress, see {@link CloseTime}.
	 */
	void progress() {
		CloseTime time = this.time;
		if (time != null) {
			time.progress();
		}
	}

	/**
	 * The connection is gone.
	 * @param status the end that the container reports
	 */
	void closed(CloseStatus status) {
		this.lifecycle.peerLeft(CloseCodes.received(status));
		if (this.lifecycle.gone(status.getCode() != CloseStatus.NO_CLOSE_FRAME.getCode())) {
			finish();
		}
	}

	private void finish() {
		try {
			this.outbound.abandon();
			this.inbound.end(this.end.disconnect(), false);
		}
		finally {
			this.context.over().run();
		}
	}

}
