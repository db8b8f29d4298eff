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

package io.nexios.ws.server.inbound;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.nexios.ws.server.lifecycle.LastActivity;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Processes everything that comes from one peer. A piece of a message goes to the
 * {@link MessageAssembler}. A complete message goes through the {@link MessageGate} into
 * the {@link InboundQueue}, from which the handler or consumer takes it.
 * <p>
 * Pieces and pongs come on the container's thread, one at a time.
 *
 * @author Nexios Team
 */
public final class Inbound {

	private final MessageAssembler assembler;

	private final MessageGate gate;

	private final InboundQueue queue;

	/**
	 * Create the inbound side.
	 * @param transport the transport whose reading is paused
	 * @param limits the limits of messages that arrive and wait
	 * @param rate the limits of messages and bytes per second
	 * @param observer records measurements
	 * @param activity records the time of the last message
	 * @param listener gets limits that are exceeded
	 * @param signal run after a message or the end was added to the queue, or
	 * {@code null}
	 */
	public Inbound(Transport transport, MessageLimits limits, MessageRate rate, ConnectionObserver observer,
			LastActivity activity, InboundListener listener, @Nullable Runnable signal) {
		this.queue = new InboundQueue(transport, limits.waiting(), limits.discarding(), signal, (nanos) -> {
			rate.resumed(nanos);
			observer.readingResumed(nanos);
		});
		this.gate = new MessageGate(rate, observer, activity, listener, this.queue);
		this.assembler = new MessageAssembler(limits.maxSize(), limits.maxFragments(), this.gate);
	}

	public void text(String part, boolean last) {
		this.assembler.text(part, last);
	}

	public void binary(ByteBuffer part, boolean last) {
		this.assembler.binary(part, last);
	}

	public void pong() {
		this.gate.pong();
	}

	/**
	 * Drop a piece of a message, because one side has closed. The piece still counts for
	 * the rate limits.
	 * @param size its size in bytes
	 * @param last whether it completes the message
	 * @return whether the rate limits allow it
	 */
	public boolean discard(int size, boolean last) {
		return this.gate.discarded(size, last);
	}

	/**
	 * Return the queue of messages that wait.
	 * @return the queue
	 */
	public InboundQueue queue() {
		return this.queue;
	}

	/**
	 * Check whether the message that is arriving takes too long.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @param limit how long a message may take
	 * @return whether it takes longer
	 */
	public boolean checkMessageOverdue(long now, Duration limit) {
		return this.assembler.clock().checkOverdue(now, limit, this.queue.isPaused());
	}

	/**
	 * Excuse some of the time for which a message has been arriving: it does not count.
	 * @param nanos the time to excuse at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	public void excuse(long nanos, long now) {
		this.assembler.clock().excuse(nanos, now);
	}

}
