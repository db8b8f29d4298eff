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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.handshake.HandshakeAttributes;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.lifecycle.Lifecycle;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;

/**
 * Passes the handler's decision to the request's thread, which is parked until then.
 * After an acceptance the handler waits until the container has opened the connection. If
 * one side gives up while the other side continues, the {@link Lifecycle} decides which
 * one is first.
 *
 * @author Nexios Team
 */
public final class Handshake implements PendingHandshakes.Entry {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private final CompletableFuture<Decision> decision = new CompletableFuture<>();

	private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

	private final Lifecycle lifecycle;

	private final Object owner;

	private final String route;

	private final PendingHandshakes pending;

	private final Runnable failed;

	private HandshakeAttributes attributes = HandshakeAttributes.NONE;

	private volatile @Nullable AcceptanceSpec spec;

	private volatile @Nullable OpenConnection open;

	private volatile long waitingSince = System.nanoTime();

	/**
	 * Create a handshake that is undecided.
	 * @param owner named in the log
	 * @param route its route
	 * @param lifecycle decides which thread is first
	 * @param pending checks the time limit
	 * @param failed run if the handshake does not lead to a connection
	 */
	Handshake(Object owner, String route, Lifecycle lifecycle, PendingHandshakes pending, Runnable failed) {
		this.owner = owner;
		this.route = route;
		this.lifecycle = lifecycle;
		this.pending = pending;
		this.failed = failed;
	}

	/**
	 * Set the attributes of the request, before the handler starts.
	 * @param attributes the attributes of the request
	 */
	void setAttributes(HandshakeAttributes attributes) {
		this.attributes = attributes;
	}

	// By the handler

	void accept(AcceptanceSpec spec) {
		this.waitingSince = System.nanoTime();
		if (!this.lifecycle.accept()) {
			throw alreadyDecided("accept() was called already");
		}
		this.spec = spec;
		this.attributes.decided();
		this.decision.complete(new Decision.Accepted(spec));
		if (!awaitOpened()) {
			throw new WebSocketDisconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
		}
	}

	private boolean awaitOpened() {
		try {
			return get(this.opened);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new WebSocketInterruptedException("Interrupted while waiting for the connection to open");
		}
	}

	/**
	 * Reject the handshake, unless it is decided.
	 * @param reply the answer
	 * @return whether it was undecided
	 */
	boolean reject(HttpReply reply) {
		boolean rejected = this.lifecycle.reject();
		if (rejected) {
			rejected(reply);
		}
		return rejected;
	}

	private void rejected(HttpReply reply) {
		this.pending.remove(this);
		this.attributes.decided();
		this.decision.complete(new Decision.Rejected(reply));
		this.failed.run();
	}

	RuntimeException alreadyDecided(String ifAccepted) {
		if (this.lifecycle.isTimedOut()) {
			return new WebSocketDisconnect(CloseStatus.NO_CLOSE_FRAME.getCode(), "");
		}
		return new IllegalStateException((this.lifecycle.state() == State.REJECTED)
				? "The handshake is rejected: call accept() or reject() once" : ifAccepted);
	}

	// By the thread of the request

	/**
	 * Wait until the handler has decided.
	 * @param ticket the place of the connection in the limits
	 * @return the decision
	 */
	Decision awaitDecision(Admission.Ticket ticket) {
		Decision decision = awaitDecision();
		ticket.decided();
		if (decision instanceof Decision.Rejected) {
			// Not at the end of the connection: the handler may delay that until after
			// the client has the answer
			ticket.giveBack();
		}
		return decision;
	}

	private Decision awaitDecision() {
		watch();
		try {
			return get(this.decision);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			giveUp("before its request was interrupted");
			return this.decision.join();
		}
		finally {
			releaseRequest();
		}
	}

	/**
	 * Make sure that no thread uses the request any more, because the container will
	 * reuse it.
	 */
	void releaseRequest() {
		this.attributes.release();
	}

	private void watch() {
		this.pending.add(this);
		State state = this.lifecycle.state();
		if (state != State.CONNECTING && state != State.ACCEPTING) {
			// The handler decided before the handshake was added, so it has not removed
			// it
			this.pending.remove(this);
		}
	}

	private void giveUp(String when) {
		if (giveUp()) {
			logUndecided(when);
		}
	}

	/**
	 * Answer with 503, unless the handshake is decided. If the handler accepts later, it
	 * is told that the client has left.
	 * @return whether it was undecided
	 */
	boolean giveUp() {
		boolean undecided = this.lifecycle.timeOut();
		if (undecided) {
			rejected(HttpReply.of(HttpStatus.SERVICE_UNAVAILABLE));
		}
		return undecided;
	}

	private void logUndecided(String when) {
		String line = this.pending.throttle()
			.pass(this.route,
					"Answered 503, because the handler of " + this.owner + " has not decided the handshake " + when,
					System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

	/**
	 * The container has not opened the accepted connection, and may not open it any more.
	 */
	void notOpened() {
		if (this.lifecycle.failToOpen()) {
			this.pending.remove(this);
			this.opened.complete(false);
			this.failed.run();
		}
	}

	// By the container

	/**
	 * The container has opened the accepted connection. Whether that is in time is not
	 * decided yet.
	 * @param open the open connection
	 */
	void opening(OpenConnection open) {
		this.open = open;
	}

	void opened() {
		this.pending.remove(this);
		this.opened.complete(true);
	}

	// By the clock

	@Override
	public boolean isOverdue(long now, Duration timeout) {
		return now - this.waitingSince > timeout.toNanos();
	}

	@Override
	public void giveUp(Duration timeout) {
		if (!isOverdue(System.nanoTime(), timeout)) {
			return;
		}
		if (this.lifecycle.state() == State.CONNECTING) {
			giveUp("within " + timeout.toMillis() + " ms");
		}
		else {
			notOpened();
		}
	}

	@Nullable AcceptanceSpec spec() {
		return this.spec;
	}

	/**
	 * Return the open connection.
	 * @return the open connection, or {@code null} if the container has not opened it
	 */
	@Nullable OpenConnection open() {
		return this.open;
	}

	/**
	 * Return the HTTP status of a failed handshake.
	 * @return the status of the rejection, 101 if it was accepted but not opened, or
	 * {@code null} if it has not failed
	 */
	@Nullable Integer failureStatus() {
		if (this.decision.getNow(null) instanceof Decision.Rejected rejected) {
			return rejected.reply().status().value();
		}
		return this.opened.getNow(true) ? null : HttpStatus.SWITCHING_PROTOCOLS.value();
	}

	private static <T> T get(CompletableFuture<T> future) throws InterruptedException {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * The handler's decision.
	 */
	public sealed interface Decision {

		/**
		 * Answer with 101.
		 *
		 * @param spec the settings that the handler asks for
		 */
		record Accepted(AcceptanceSpec spec) implements Decision {

		}

		/**
		 * Answer with an HTTP response.
		 *
		 * @param reply the response
		 */
		record Rejected(HttpReply reply) implements Decision {

		}

	}

}
