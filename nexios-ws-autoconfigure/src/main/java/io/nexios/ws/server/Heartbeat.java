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

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.lang.Contract;

/**
 * Finds out whether the peer of one connection is still there. A ping goes out at regular
 * intervals; whatever arrives after it proves the peer alive, its pong tells the
 * round-trip time besides.
 * <p>
 * The deadline starts when the ping is written, so a peer is not blamed for what waits on
 * this side. Nor is it judged while reading from it is paused: what it sent cannot be
 * heard then. The pause counts as having heard.
 * <p>
 * Three threads meet here. The sweeper's decides, and alone knows which ping it is
 * waiting for. The one that writes notes when a ping was written, and only then which, so
 * that whoever sees the ping sees its time. The container's only raises a flag, which the
 * sweeper takes down.
 *
 * @author Nexios Team
 */
final class Heartbeat {

	private static final long UNKNOWN = -1;

	private final long interval;

	private final long timeout;

	private volatile boolean heard;

	private volatile @Nullable OutboundFrame queued;

	private volatile @Nullable OutboundFrame written;

	private volatile long writtenAt;

	private volatile long roundTrip = UNKNOWN;

	// Used by the sweeper alone
	private @Nullable OutboundFrame awaited;

	// Used by the sweeper alone
	private long nextPing;

	/**
	 * Create a heartbeat.
	 * @param settings the interval, 0 for no pings, and the timeout
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @param phase where in an interval the first ping goes out, from 0 to 1: connections
	 * that were opened together need not be pinged together
	 */
	Heartbeat(ServerSettings.Heartbeat settings, long now, double phase) {
		this.interval = settings.interval().toNanos();
		this.timeout = settings.timeout().toNanos();
		this.nextPing = now + (long) (this.interval * phase);
	}

	/**
	 * Note that something has arrived.
	 */
	void heard() {
		if (!this.heard) {
			this.heard = true;
		}
	}

	/**
	 * Note that a pong has arrived.
	 * @param payload what it carries
	 * @param now the time
	 * @return the round-trip time in nanoseconds, or -1 if the pong is of no ping of this
	 * heartbeat
	 */
	long pong(ByteBuffer payload, long now) {
		heard();
		OutboundFrame written = this.written;
		if (isAnswer(payload, written)) {
			this.written = null;
			return answered(now - this.writtenAt);
		}
		OutboundFrame queued = this.queued;
		if (isAnswer(payload, queued)) {
			// Faster than the thread that writes could note it
			this.queued = null;
			return answered(now - queued.created());
		}
		return UNKNOWN;
	}

	@Contract("_, null -> false")
	private static boolean isAnswer(ByteBuffer payload, @Nullable OutboundFrame ping) {
		return ping != null && ping.payload().equals(payload);
	}

	private long answered(long roundTrip) {
		this.roundTrip = roundTrip;
		return roundTrip;
	}

	/**
	 * Note what was written.
	 * @param frames what was written
	 */
	void written(List<OutboundFrame> frames) {
		OutboundFrame ping = this.queued;
		if (ping != null && frames.contains(ping)) {
			this.writtenAt = System.nanoTime();
			this.written = ping;
			this.queued = null;
		}
	}

	/**
	 * Return whether the peer has to be given up.
	 * @param now the time
	 * @param paused whether reading from the peer is paused
	 * @return whether it has not been heard for too long
	 */
	boolean isDead(long now, boolean paused) {
		if (this.heard || paused) {
			this.heard = paused;
			this.awaited = null;
		}
		return isWritten(this.awaited) && now - this.writtenAt > this.timeout;
	}

	private boolean isWritten(@Nullable OutboundFrame ping) {
		return ping != null && ping == this.written;
	}

	/**
	 * Return the ping that has to be sent now. One that was queued and dropped is
	 * replaced.
	 * @param now the time
	 * @return the ping, or {@code null} if it is not time for one
	 */
	@Nullable OutboundFrame nextPing(long now) {
		if (this.interval == 0 || now - this.nextPing < 0 || isWritten(this.awaited)) {
			return null;
		}
		this.nextPing = now + this.interval;
		OutboundFrame ping = OutboundFrame.ping(ByteBuffer.allocate(Long.BYTES).putLong(now).array());
		this.awaited = ping;
		this.queued = ping;
		return ping;
	}

	/**
	 * Return the last round-trip time.
	 * @return the time in nanoseconds, or -1 if there was no pong
	 */
	long roundTrip() {
		return this.roundTrip;
	}

}
