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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.nexios.ws.WSMessage;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.inbound.InboundQueue;
import io.nexios.ws.server.inbound.MessageAssembler;
import io.nexios.ws.server.inbound.MessageRate;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.outbound.OutboundListener;
import io.nexios.ws.server.outbound.OutboundQueue;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has from the moment it is open. What arrives passes the assembler and
 * the rate on its way to the inbound queue; what is sent passes the outbound queue; the
 * heartbeat watches both. With what it cannot go on it turns to its connection.
 *
 * @author Nexios Team
 */
final class OpenConnection implements MessageAssembler.Sink, OutboundListener {

	private final Instant since = Instant.now();

	private final Connection connection;

	private final ConnectionObserver observer;

	private final Transport transport;

	private final MessageAssembler assembler;

	private final MessageRate rate;

	private final InboundQueue inbound;

	private final OutboundQueue outbound;

	private final Heartbeat heartbeat;

	/**
	 * Create a wire.
	 * @param connection whose it is
	 * @param transport the container's side
	 * @param spec what was accepted
	 * @param environment where the connection is served
	 * @param budget for what waits for all peers together
	 * @param listener told of messages and the end, if anybody is
	 */
	OpenConnection(Connection connection, Transport transport, AcceptanceSpec spec, ServerEnvironment environment,
			OutboundBudget budget, @Nullable Runnable listener) {
		ServerSettings settings = environment.settings();
		this.connection = connection;
		this.observer = connection.observer();
		this.transport = transport;
		this.assembler = new MessageAssembler(spec.maxMessageSize(), settings.limits().fragmentsPerMessage(), this);
		this.rate = MessageRate.of(settings.limits(), environment.rateLimiters(), spec.maxMessageSize());
		this.inbound = new InboundQueue(transport, settings.inbound(), spec.isInboundDiscarded(), listener,
				this::resumed);
		this.outbound = new OutboundQueue(environment.threads(), transport, this, budget, settings.outbound(),
				spec.overflow(), System::nanoTime);
		this.heartbeat = new Heartbeat(settings.heartbeat(), System::nanoTime,
				ThreadLocalRandom.current().nextDouble(0.5, 1));
	}

	/**
	 * Return when the connection has opened.
	 * @return the time, the same whenever it is asked for
	 */
	Instant since() {
		return this.since;
	}

	Transport transport() {
		return this.transport;
	}

	InboundQueue inbound() {
		return this.inbound;
	}

	OutboundQueue outbound() {
		return this.outbound;
	}

	// What arrives

	void text(String part, boolean last) {
		this.heartbeat.heard();
		this.assembler.text(part, last);
	}

	void binary(ByteBuffer part, boolean last) {
		this.heartbeat.heard();
		this.assembler.binary(part, last);
	}

	/**
	 * Drop a piece of a message, as this side has closed. It counts nevertheless.
	 * @param size its size in bytes
	 * @param last whether it completes the message
	 * @return whether the peer may send this much
	 */
	boolean drop(int size, boolean last) {
		return this.rate.exceededByDropped(size, last) == null;
	}

	void pong(ByteBuffer payload) {
		long roundTrip = this.heartbeat.pong(payload, System.nanoTime());
		if (roundTrip >= 0) {
			this.observer.answered(roundTrip);
		}
		isAllowed(0);
	}

	@Override
	public void message(WSMessage message, int size) {
		this.connection.activity().happened();
		this.observer.received(size);
		if (isAllowed(size)) {
			this.inbound.add(message, size);
		}
	}

	private boolean isAllowed(int size) {
		Limit limit = this.rate.exceededBy(size);
		if (limit != null) {
			exceeded(limit);
		}
		return limit == null;
	}

	@Override
	public void exceeded(Limit limit) {
		this.connection.exceeded(limit);
	}

	private void resumed(long nanos) {
		this.rate.resumed(nanos);
		this.observer.resumed(nanos);
	}

	// What is sent

	@Override
	public void written(List<OutboundFrame> frames) {
		int bytes = tellSent(frames);
		this.heartbeat.written(frames, bytes);
		this.connection.progress();
	}

	private int tellSent(List<OutboundFrame> frames) {
		int messages = 0;
		int bytes = 0;
		for (OutboundFrame frame : frames) {
			if (frame.kind() != OutboundFrame.Kind.PING) {
				messages++;
				bytes += frame.size();
			}
		}
		if (messages > 0) {
			this.observer.sent(messages, bytes);
		}
		return bytes;
	}

	@Override
	public void dropped(int messages) {
		this.observer.dropped(messages);
	}

	@Override
	public void closeSent() {
		this.connection.closeSent();
	}

	@Override
	public void waitRefused() {
		this.observer.waitRefused();
	}

	@Override
	public void overflowed(Limit limit) {
		this.connection.tooSlow(limit);
	}

	@Override
	public void writeFailed(Throwable failure) {
		this.connection.broken(failure);
	}

	// The clock

	/**
	 * Return whether the message that is arriving takes too long.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @param limit how long a message may take
	 * @return whether it takes longer
	 */
	boolean isMessageOverdue(long now, Duration limit) {
		return this.assembler.clock().isOverdue(now, limit, this.inbound.isPaused());
	}

	/**
	 * Ping the peer if it is time to.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return whether there is still a peer
	 */
	boolean beat(long now) {
		if (this.heartbeat.isDead(now, this.inbound.isPaused() || this.outbound.age(now) > 0)) {
			return false;
		}
		// Where something waits for the peer, its age shows whether the peer is there
		OutboundFrame ping = this.outbound.isEmpty() ? this.heartbeat.nextPing(now) : null;
		if (ping != null) {
			this.outbound.send(ping, false, false);
		}
		return true;
	}

	/**
	 * Let some of the time that has passed not count against the peer.
	 * @param unwritten how much at most for what waits for the peer, in nanoseconds
	 * @param unread how much at most for what is awaited from it
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long unwritten, long unread, long now) {
		this.outbound.excuse(unwritten, now);
		this.heartbeat.excuse(unread, now);
		this.assembler.clock().excuse(unread, now);
	}

	/**
	 * Return the last round-trip time.
	 * @return the time, or {@code null} if there was no pong
	 */
	@Nullable Duration roundTrip() {
		long nanos = this.heartbeat.roundTrip();
		return (nanos >= 0) ? Duration.ofNanos(nanos) : null;
	}

}
