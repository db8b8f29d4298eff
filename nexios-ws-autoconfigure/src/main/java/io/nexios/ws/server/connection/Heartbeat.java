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
import java.util.List;
import java.util.function.LongSupplier;

import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

import org.springframework.lang.Contract;

/**
 * Finds out whether the peer of one connection is still there. A ping goes out at regular
 * intervals; whatever arrives after it proves the peer alive, its pong tells the
 * round-trip time besides.
 * <p>
 * The deadline starts when the ping is written, so a peer is not blamed for what waits on
 * this side. It is later where much was written before the ping that the peer may not
 * have read: how much the last answered ping tells. Nor is a peer judged while reading
 * from it is paused, as what it sent cannot be heard then, or while a write waits for it,
 * as its age is judged then. Either counts as having heard.
 * <p>
 * Three threads meet here. The sweeper's decides, and alone knows which ping it is
 * waiting for. The one that writes notes when a ping was written, and only then which, so
 * that whoever sees the ping sees its time. The container's only raises a flag, which the
 * sweeper takes down.
 *
 * @author Nexios Team
 */
public final class Heartbeat {

	private static final long UNKNOWN = -1;

	// A peer that reads more slowly than this is as good as gone
	private static final long SLOWEST_BYTES_PER_SECOND = 8 * 1024;

	private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / SLOWEST_BYTES_PER_SECOND;

	// One that has vanished, or never answers pings, is to be found some time
	private static final long LONGEST_READING = Duration.ofMinutes(2).toNanos();

	private final long interval;

	private final long timeout;

	private final LongSupplier nanoTime;

	private volatile boolean heard;

	private volatile @Nullable OutboundFrame queued;

	private volatile @Nullable OutboundFrame written;

	private volatile long queuedAt;

	private volatile long writtenAt;

	private volatile long bytesBefore;

	private volatile long bytesRead;

	private volatile long roundTrip = UNKNOWN;

	// Used by the one that writes alone
	private long bytesWritten;

	// Used by the sweeper alone
	private @Nullable OutboundFrame awaited;

	// Used by the sweeper alone
	private long excused;

	// Used by the sweeper alone
	private long nextPing;

	/**
	 * Create a heartbeat.
	 * @param settings the interval, 0 for no pings, and the timeout
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 * @param phase where in an interval the first ping goes out, from 0 to 1: connections
	 * that were opened together need not be pinged together
	 */
	Heartbeat(ServerSettings.Heartbeat settings, LongSupplier nanoTime, double phase) {
		this.interval = settings.interval().toNanos();
		this.timeout = settings.timeout().toNanos();
		this.nanoTime = nanoTime;
		this.nextPing = nanoTime.getAsLong() + (long) (this.interval * phase);
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
			this.bytesRead = this.bytesBefore;
			return answered(now - this.writtenAt);
		}
		OutboundFrame queued = this.queued;
		if (isAnswer(payload, queued)) {
			// Faster than the thread that writes could note it
			this.queued = null;
			return answered(now - this.queuedAt);
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
	 * @param bytes their size
	 */
	void written(List<OutboundFrame> frames, int bytes) {
		this.bytesWritten += bytes;
		OutboundFrame ping = this.queued;
		if (ping != null && frames.contains(ping)) {
			this.writtenAt = this.nanoTime.getAsLong();
			this.bytesBefore = this.bytesWritten;
			this.written = ping;
			this.queued = null;
		}
	}

	/**
	 * Return whether the peer has to be given up.
	 * @param now the time
	 * @param unheard whether what the peer sends, or that it reads, cannot be heard
	 * @return whether it has not been heard for too long
	 */
	boolean isDead(long now, boolean unheard) {
		if (this.heard || unheard) {
			this.heard = unheard;
			await(null);
		}
		return isWritten(this.awaited) && now - this.writtenAt - this.excused > this.timeout + reading();
	}

	private void await(@Nullable OutboundFrame ping) {
		this.awaited = ping;
		this.excused = 0;
	}

	/**
	 * Return how long a peer may take to read what was written before the ping.
	 * @return the time in nanoseconds
	 */
	private long reading() {
		return Math.min((this.bytesBefore - this.bytesRead) * NANOS_PER_BYTE, LONGEST_READING);
	}

	/**
	 * Let some of the time since the ping not count.
	 * @param nanos how much at most, in nanoseconds
	 * @param now the time
	 */
	void excuse(long nanos, long now) {
		if (isWritten(this.awaited)) {
			this.excused += Math.max(0, Math.min(nanos, now - this.writtenAt - this.excused));
		}
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
		await(ping);
		this.queuedAt = now;
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
