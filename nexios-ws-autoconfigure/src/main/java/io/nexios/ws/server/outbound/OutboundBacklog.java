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

package io.nexios.ws.server.outbound;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.transport.DropNotice;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages that wait for one peer: the queued messages, and the write that is
 * under way. It knows how much room there is, and which messages the overflow policy
 * drops.
 * <p>
 * Guarded by the lock of its queue.
 *
 * @author Nexios Team
 */
final class OutboundBacklog {

	private final OutboundBudget budget;

	private final int maxBytes;

	private final int maxMessages;

	private final OverflowPolicy overflow;

	private final WriteTime writeTime;

	private @Nullable QueuedMessages queued;

	private @Nullable OutboundWrite writing;

	// Whether the write that is under way was given up and counts as leaving the budget
	private boolean leaving;

	private boolean abandoned;

	/**
	 * Create an empty backlog.
	 * @param budget counts the bytes that wait for all peers together
	 * @param limits the limits of messages that wait for this peer
	 * @param overflow what happens to a message above these limits
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 */
	OutboundBacklog(OutboundBudget budget, OutboundLimits limits, OverflowPolicy overflow, LongSupplier nanoTime) {
		this.budget = budget;
		this.maxBytes = limits.maxBytes();
		this.maxMessages = limits.maxMessages();
		this.overflow = overflow;
		this.writeTime = new WriteTime(nanoTime);
	}

	// Room

	/**
	 * Return whether there is room for a message. An empty backlog has room for any.
	 * @param size the size of the message
	 * @param yielding whether the message can wait or be dropped. Such a message has no
	 * room while the budget is exceeded: the rest is for messages that can do neither
	 * @return whether there is room
	 */
	boolean fits(int size, boolean yielding) {
		long bytes = bytes();
		boolean small = bytes + size <= this.maxBytes && !(yielding && this.budget.isExceeded());
		return isFewEnough() && (bytes == 0 || small);
	}

	/**
	 * Return whether there is room for another message of any size.
	 * @return whether there is
	 */
	boolean isFewEnough() {
		return this.queued == null || this.queued.count() < this.maxMessages;
	}

	/**
	 * Return whether messages may be dropped.
	 * @return whether they may
	 */
	boolean isDropping() {
		return this.overflow != OverflowPolicy.CLOSE;
	}

	/**
	 * Return whether the oldest messages are dropped for a new one.
	 * @return whether they are
	 */
	boolean isDroppingOldest() {
		return this.overflow == OverflowPolicy.DROP_OLDEST;
	}

	/**
	 * Drop the oldest messages to make room for a new one. The new one is added in any
	 * case, in the worst case next to the write that is under way, to notices and to
	 * undroppable frames.
	 * @param size the size of the new message
	 * @param listener told of new notices
	 * @return how many messages were dropped
	 */
	int makeRoom(int size, OutboundListener listener) {
		int dropped = 0;
		while (!fits(size, true) && this.queued != null && this.queued.dropOldest(listener)) {
			dropped++;
		}
		return dropped;
	}

	/**
	 * Drop a message that is not added, because it is the newest.
	 * @param frame the message
	 * @param listener told of a new notice
	 */
	void dropNewest(OutboundFrame frame, OutboundListener listener) {
		DropNotice notice = frame.dropNotice();
		if (notice != null) {
			queued().dropNewest(notice, this.writeTime.read(), listener);
		}
	}

	/**
	 * Drop all messages except undroppable frames and those that are being written.
	 * @param listener told of new notices
	 * @return how many messages were dropped
	 */
	int dropQueued(OutboundListener listener) {
		int dropped = 0;
		while (this.queued != null && this.queued.dropOldest(listener)) {
			dropped++;
		}
		forgetMemory();
		return dropped;
	}

	void add(OutboundFrame frame) {
		queued().add(frame, this.writeTime.read());
	}

	private QueuedMessages queued() {
		QueuedMessages queued = this.queued;
		if (queued == null) {
			queued = new QueuedMessages(this.budget);
			this.queued = queued;
		}
		return queued;
	}

	// Writing

	/**
	 * Take messages for the next write, and start the write.
	 * @param listener notified of its end
	 * @return the write, or {@code null} if no message is queued
	 */
	@Nullable OutboundWrite startWrite(OutboundWrite.Listener listener) {
		QueuedMessages queued = this.queued;
		if (queued == null || queued.isEmpty()) {
			return null;
		}
		long queuedAt = queued.oldest();
		OutboundWrite write = new OutboundWrite(queued.take(), queuedAt, listener);
		this.writing = write;
		this.writeTime.start();
		if (write.frames().size() > 1) {
			forgetMemory();
		}
		return write;
	}

	// An idle connection does not keep the memory that a burst has needed
	private void forgetMemory() {
		if (!hasQueued()) {
			this.queued = null;
		}
	}

	/**
	 * A write has ended.
	 * @param write the write
	 * @return whether that made room
	 */
	boolean endWrite(OutboundWrite write) {
		if (this.writing != write) {
			return false;
		}
		this.writing = null;
		this.writeTime.stop();
		write.frames().forEach(this.budget::release);
		if (this.leaving) {
			this.budget.leaving(-write.bytes());
		}
		return !this.abandoned;
	}

	// Discarding

	/**
	 * Discard all messages except those that are being written, and all notices. Nobody
	 * is told.
	 */
	void forgetQueued() {
		if (this.queued != null) {
			this.queued.forgetAll();
			this.queued = null;
		}
	}

	/**
	 * Count the write that is under way as leaving the budget, because no write follows
	 * it.
	 */
	void giveUpWriting() {
		if (this.writing != null && !this.leaving) {
			this.leaving = true;
			this.budget.leaving(this.writing.bytes());
		}
	}

	/**
	 * Discard all messages permanently. The budget counts the write that is under way
	 * until it has ended.
	 */
	void abandon() {
		forgetQueued();
		giveUpWriting();
		this.abandoned = true;
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	// Load

	boolean hasQueued() {
		return this.queued != null && !this.queued.isEmpty();
	}

	/**
	 * Return whether nothing waits for the peer.
	 * @return whether no message is queued and none is being written
	 */
	boolean isEmpty() {
		return this.abandoned || (this.writing == null && !hasQueued());
	}

	/**
	 * Return how long the oldest message has been waiting for the peer. Time in which no
	 * write was under way does not count.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the time in nanoseconds, 0 if there is no message
	 */
	long age(long now) {
		return isEmpty() ? 0 : this.writeTime.since(oldest(), now);
	}

	/**
	 * Excuse some of the time for which messages have been waiting: it does not count.
	 * @param nanos the time to excuse at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	void excuse(long nanos, long now) {
		if (!isEmpty()) {
			this.writeTime.excuse(oldest(), nanos, now);
		}
	}

	private long oldest() {
		return (this.writing != null) ? this.writing.queuedAt()
				: (this.queued != null) ? this.queued.oldest() : this.writeTime.read();
	}

	private int bytes() {
		int bytes = (this.writing != null && !this.abandoned) ? this.writing.bytes() : 0;
		return (this.queued != null) ? bytes + this.queued.bytes() : bytes;
	}

	/**
	 * Return the number, size and age of the messages that wait for the peer.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return a snapshot
	 */
	OutboundLoad load(long now) {
		int messages = (this.writing != null && !this.abandoned) ? this.writing.frames().size() : 0;
		messages += (this.queued != null) ? this.queued.count() : 0;
		return new OutboundLoad(messages, bytes(), Duration.ofNanos(age(now)));
	}

}
