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

import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.inbound.Inbound;
import io.nexios.ws.server.inbound.InboundListener;
import io.nexios.ws.server.inbound.MessageLimits;
import io.nexios.ws.server.inbound.MessageRate;
import io.nexios.ws.server.lifecycle.LastActivity;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.outbound.OutboundListener;
import io.nexios.ws.server.outbound.OutboundQueue;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import io.nexios.ws.server.transport.Utf8;
import io.nexios.ws.spi.RateLimiters;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a connection that exist once it is open: the inbound side, the outbound
 * queue, the heartbeat that checks both, and the close. Faults of the inbound side and of
 * the outbound queue lead to the close.
 *
 * @author Nexios Team
 */
final class OpenConnection implements InboundListener, OutboundListener {

	private final Instant since = Instant.now();

	private final ConnectionObserver observer;

	private final Transport transport;

	private final Inbound inbound;

	private final OutboundQueue outbound;

	private final Heartbeat heartbeat;

	private final ConnectionClose close;

	private final ConnectionCheck check;

	/**
	 * Create an open connection.
	 * @param context the objects that the parts of the connection share
	 * @param activity records the time of the last activity
	 * @param transport the operations of the container
	 * @param spec the settings of the acceptance
	 * @param rateLimiters create rate limiters
	 * @param budget counts the bytes that wait for all peers together
	 */
	OpenConnection(ConnectionContext context, LastActivity activity, Transport transport, AcceptanceSpec spec,
			RateLimiters rateLimiters, OutboundBudget budget) {
		ServerSettings settings = context.settings();
		this.observer = context.observer();
		this.transport = transport;
		this.inbound = new Inbound(transport,
				new MessageLimits(spec.maxMessageSize(), settings.limits().fragmentsPerMessage(), settings.inbound(),
						spec.isInboundDiscarded()),
				MessageRate.of(settings.limits(), rateLimiters, spec.maxMessageSize()), this.observer, activity, this,
				context.receiver().signal());
		this.outbound = new OutboundQueue(context.threads(), transport, this, budget, settings.outbound(),
				spec.overflow(), System::nanoTime);
		this.heartbeat = new Heartbeat(settings.heartbeat(), System::nanoTime,
				ThreadLocalRandom.current().nextDouble(0.5, 1));
		this.close = new ConnectionClose(context, transport, this.inbound.queue(), this.outbound);
		this.check = new ConnectionCheck(context, this.inbound, this.outbound, this.heartbeat, this.close);
	}

	Transport transport() {
		return this.transport;
	}

	Inbound inbound() {
		return this.inbound;
	}

	OutboundQueue outbound() {
		return this.outbound;
	}

	ConnectionClose closing() {
		return this.close;
	}

	ConnectionCheck check() {
		return this.check;
	}

	// Inbound, on the container's thread

	void text(String part, boolean last) {
		if (this.close.time() == null) {
			this.heartbeat.heard();
			this.inbound.text(part, last);
		}
		else {
			discard(Utf8.lengthOfPiece(part), last);
		}
	}

	void binary(ByteBuffer part, boolean last) {
		if (this.close.time() == null) {
			this.heartbeat.heard();
			this.inbound.binary(part, last);
		}
		else {
			discard(part.remaining(), last);
		}
	}

	void pong(ByteBuffer payload) {
		if (this.close.time() == null) {
			long roundTrip = this.heartbeat.pong(payload, System.nanoTime());
			if (roundTrip >= 0) {
				this.observer.pingAnswered(roundTrip);
			}
			this.inbound.pong();
		}
		else {
			discard(payload.remaining(), true);
		}
	}

	private void discard(int size, boolean last) {
		this.close.inputDiscarded(this.inbound.discard(size, last));
	}

	@Override
	public void exceeded(Limit limit) {
		this.close.exceeded(limit);
	}

	// Outbound

	@Override
	public void written(List<OutboundFrame> frames) {
		int bytes = tellSent(frames);
		this.heartbeat.written(frames, bytes);
		this.close.progress();
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
			this.observer.messagesSent(messages, bytes);
		}
		return bytes;
	}

	@Override
	public void messagesDropped(int messages) {
		this.observer.messagesDropped(messages);
	}

	@Override
	public void dropNoticeQueued() {
		this.observer.dropNoticeQueued();
	}

	@Override
	public void waitRefused() {
		this.observer.waitRefused();
	}

	@Override
	public void closeSent() {
		this.close.closeSent();
	}

	@Override
	public void overflowed(Limit limit) {
		this.close.tooSlow(limit);
	}

	@Override
	public void writeFailed(Throwable failure) {
		this.close.broken(failure);
	}

	Instant since() {
		return this.since;
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
