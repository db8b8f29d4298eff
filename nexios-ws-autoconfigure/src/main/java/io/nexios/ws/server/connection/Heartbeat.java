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
 * Detects whether the peer of one connection has vanished. The server sends a ping at
 * regular intervals. Any data that arrives after the ping shows that the peer is alive.
 * The pong also shows the round-trip time.
 * <p>
 * The deadline starts when the ping is written. So time that the ping waits on the server
 * does not count against the peer. The deadline is later if the peer may still have to
 * read bytes that were written before the ping. These are the bytes written since the
 * last answered ping. There are two cases in which the peer is not checked: while reading
 * from it is paused, because the server then does not see its data, and while a write
 * waits for it, because the age of the write is then checked instead. Both cases count as
 * if data had arrived.
 * <p>
 * Three threads use this class. The sweeper's thread decides, and only this thread knows
 * which ping it waits for. The writing thread records the time at which a ping was
 * written, and only then the ping. So a thread that sees the ping also sees its time. The
 * container's thread sets a flag when data arrives, and the sweeper's thread clears the
 * flag.
 *
 * @author Nexios Team
 */
final class Heartbeat {

	private static final long UNKNOWN = -1;

	// A peer that reads more slowly than this counts as gone
	private static final long SLOWEST_BYTES_PER_SECOND = 8 * 1024;

	private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / SLOWEST_BYTES_PER_SECOND;

	// A peer that has vanished, or never answers pings, must be found at some time
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

	// Used only by the writing thread
	private long bytesWritten;

	// Used only by the sweeper
	private @Nullable OutboundFrame awaited;

	// Used only by the sweeper
	private long excused;

	// Used only by the sweeper
	private long nextPing;

	/**
	 * Create a heartbeat.
	 * @param settings the interval, 0 for no pings, and the timeout
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 * @param phase the part of the interval before the first ping, from 0 to 1. With
	 * different values, connections that were opened together do not get their pings
	 * together
	 */
	Heartbeat(ServerSettings.Heartbeat settings, LongSupplier nanoTime, double phase) {
		this.interval = settings.interval().toNanos();
		this.timeout = settings.timeout().toNanos();
		this.nanoTime = nanoTime;
		this.nextPing = nanoTime.getAsLong() + (long) (this.interval * phase);
	}

	/**
	 * Record that data has arrived.
	 */
	void heard() {
		if (!this.heard) {
			this.heard = true;
		}
	}

	/**
	 * Record that a pong has arrived.
	 * @param payload its payload
	 * @param now the time
	 * @return the round-trip time in nanoseconds, or -1 if the pong does not answer a
	 * ping of this heartbeat
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
			// The pong came before the writing thread recorded the ping
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
	 * Record a write.
	 * @param frames the messages that were written
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
	 * Check whether the server has to give the peer up. A peer that was heard no longer
	 * owes an answer.
	 * @param now the time
	 * @param unheard whether the server cannot see now that the peer sends or reads
	 * @return whether nothing has been heard from it for too long
	 */
	boolean checkDead(long now, boolean unheard) {
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
	 * Return how long the peer may take to read the bytes that were written before the
	 * ping.
	 * @return the time in nanoseconds
	 */
	private long reading() {
		return Math.min((this.bytesBefore - this.bytesRead) * NANOS_PER_BYTE, LONGEST_READING);
	}

	/**
	 * Excuse some of the time since the ping: it does not count.
	 * @param nanos the time to excuse at most, in nanoseconds
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
	 * Return the ping that has to be sent now. A ping that was queued and then dropped is
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
