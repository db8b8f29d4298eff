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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Holds everything on its way to one peer, in order, and decides which thread writes it.
 * <p>
 * <b>Who writes.</b> The queue is <em>idle</em> or <em>busy</em>. A thread that adds to
 * an idle queue makes it busy and becomes its only drainer. The drainer takes everything
 * that is queued (up to 64 KB), writes it with one flush, and checks the queue again.
 * When nothing is left, it makes the queue idle. Other threads only add. So an idle queue
 * is empty, and there are never two writes at the same time.
 * <p>
 * <b>On which thread.</b> A handler drains an idle queue itself and stops after its own
 * message. It hands messages that were added meanwhile to a task. Every other drain is a
 * task. If a write completes later, on a thread of the container, a task continues the
 * drain. See {@link OutboundDrain} and {@link OutboundWrite}.
 * <p>
 * <b>Who is told of drops.</b> If a dropped message carries a notice, the peer gets the
 * notice in its place. See {@link QueuedMessages}. To end the connection is no drop.
 * <p>
 * <b>The end.</b> {@link #close} queues the close frame after all messages. {@link #cut}
 * discards the messages that are not being written, and queues the close frame after the
 * rest. {@link #abandon} discards everything. After any of them, no message is added. A
 * queue whose write has failed stays busy: no thread drains it again, and its listener
 * abandons it.
 * <p>
 * The lock guards all fields and the {@link OutboundBacklog}. No thread writes under the
 * lock. The listener is called under the lock only to count.
 *
 * @author Nexios Team
 */
public final class OutboundQueue {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final ServerThreads threads;

	private final OutboundListener listener;

	private final OutboundDrain drain;

	private final OutboundBacklog backlog;

	private boolean busy;

	private @Nullable CloseFrame closeFrame;

	/**
	 * Create a queue.
	 * @param threads run drains
	 * @param transport the transport to write to
	 * @param listener notified of what happens
	 * @param budget counts the bytes that wait for all peers together
	 * @param limits the limits of messages that wait for this peer
	 * @param overflow what happens to a message above these limits
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 */
	public OutboundQueue(ServerThreads threads, Transport transport, OutboundListener listener, OutboundBudget budget,
			OutboundLimits limits, OverflowPolicy overflow, LongSupplier nanoTime) {
		this.threads = threads;
		this.listener = listener;
		this.drain = new OutboundDrain(threads, transport, listener, new Steps());
		this.backlog = new OutboundBacklog(budget, limits, overflow, nanoTime);
	}

	// Sending

	/**
	 * Add a message.
	 * @param frame the message
	 * @param mayWait whether the caller waits for room, unless too many threads wait for
	 * peers. A caller that does not wait gets the overflow policy
	 * @param inline whether the caller writes an idle queue itself
	 * @return whether the queue is open. This does not say whether the message was
	 * dropped
	 */
	public boolean send(OutboundFrame frame, boolean mayWait, boolean inline) {
		Offer offer = offer(frame, mayWait);
		if (offer == Offer.CLAIMED) {
			this.drain.start(inline);
		}
		else if (offer == Offer.TOO_MANY_BYTES) {
			this.listener.overflowed(Limit.OUTBOUND_BYTES);
		}
		else if (offer == Offer.TOO_MANY_MESSAGES) {
			this.listener.overflowed(Limit.OUTBOUND_MESSAGES);
		}
		return offer != Offer.CLOSED;
	}

	private Offer offer(OutboundFrame frame, boolean mayWait) {
		this.lock.lock();
		try {
			boolean yielding = mayWait || this.backlog.isDropping();
			if (mayWait) {
				awaitRoom(frame.size());
			}
			if (!isOpen()) {
				return Offer.CLOSED;
			}
			if (!this.backlog.fits(frame.size(), yielding) && !makeRoom(frame)) {
				return refuse(frame);
			}
			this.backlog.add(frame);
			return claim() ? Offer.CLAIMED : Offer.ADDED;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitRoom(int size) {
		if (!isOpen() || this.backlog.fits(size, true)) {
			return;
		}
		if (!this.threads.beginWait()) {
			this.listener.waitRefused();
			return;
		}
		try {
			while (isOpen() && !this.backlog.fits(size, true)) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new WebSocketInterruptedException("Interrupted while waiting for the peer to read");
		}
		finally {
			this.threads.endWait();
		}
	}

	private boolean makeRoom(OutboundFrame frame) {
		if (!this.backlog.isDroppingOldest()) {
			return this.backlog.isDropping() && frame.isUndroppable();
		}
		int dropped = this.backlog.makeRoom(frame.size(), this.listener);
		if (dropped > 0) {
			this.listener.messagesDropped(dropped);
		}
		return true;
	}

	private Offer refuse(OutboundFrame frame) {
		if (!this.backlog.isDropping()) {
			return this.backlog.isFewEnough() ? Offer.TOO_MANY_BYTES : Offer.TOO_MANY_MESSAGES;
		}
		this.backlog.dropNewest(frame, this.listener);
		this.listener.messagesDropped(1);
		return (this.backlog.hasQueued() && claim()) ? Offer.CLAIMED : Offer.DROPPED;
	}

	private boolean isOpen() {
		return !this.backlog.isAbandoned() && this.closeFrame == null;
	}

	private boolean claim() {
		boolean claimed = !this.busy;
		this.busy = true;
		return claimed;
	}

	// The end

	/**
	 * Close after all messages. Nothing happens if the queue is closed already.
	 * @param status the status to close with
	 * @param patience how long the close frame may wait for the peer
	 * @param inline whether the caller writes an idle queue itself
	 */
	public void close(CloseStatus status, Duration patience, boolean inline) {
		boolean drain;
		this.lock.lock();
		try {
			drain = isOpen() && queueClose(status, patience);
		}
		finally {
			this.lock.unlock();
		}
		if (drain) {
			this.drain.start(inline);
		}
	}

	/**
	 * Close after the write that is under way, and discard the messages that are queued
	 * after it. If the queue is closed already, only the queued messages are discarded.
	 * @param status the status to close with
	 * @param patience how long the close frame may wait for the peer
	 * @param inline whether the caller writes the close frame of an idle queue itself
	 */
	public void cut(CloseStatus status, Duration patience, boolean inline) {
		boolean drain;
		this.lock.lock();
		try {
			if (this.backlog.isAbandoned()) {
				return;
			}
			this.backlog.forgetQueued();
			this.backlog.giveUpWriting();
			drain = this.closeFrame == null && queueClose(status, patience);
		}
		finally {
			this.lock.unlock();
		}
		if (drain) {
			this.drain.start(inline);
		}
	}

	private boolean queueClose(CloseStatus status, Duration patience) {
		this.closeFrame = new CloseFrame(status, patience);
		this.changed.signalAll();
		return claim();
	}

	/**
	 * Discard all messages and wake the threads that wait for room. The budget counts the
	 * write that is under way until it has ended.
	 */
	public void abandon() {
		this.lock.lock();
		try {
			if (!this.backlog.isAbandoned()) {
				this.backlog.abandon();
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Drop all messages that are not being written, if messages may be dropped. Notices
	 * of dropped messages and undroppable frames stay.
	 */
	public void shed() {
		this.lock.lock();
		try {
			// A queue with messages is busy, so its drainer finds their notices
			int dropped = this.backlog.isDropping() ? this.backlog.dropQueued(this.listener) : 0;
			if (dropped > 0) {
				this.listener.messagesDropped(dropped);
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Load

	/**
	 * Return how long the oldest message has been waiting for the peer. Time in which no
	 * write was under way does not count.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the time in nanoseconds, 0 if there is no message
	 */
	public long age(long now) {
		this.lock.lock();
		try {
			return this.backlog.age(now);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Excuse some of the time for which messages have been waiting: it does not count.
	 * @param nanos the time to excuse at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	public void excuse(long nanos, long now) {
		this.lock.lock();
		try {
			this.backlog.excuse(nanos, now);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether nothing waits for the peer.
	 * @return whether no message is queued and none is being written
	 */
	public boolean isEmpty() {
		this.lock.lock();
		try {
			return this.backlog.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the number, size and age of the messages that wait for the peer.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return a snapshot
	 */
	public OutboundLoad load(long now) {
		this.lock.lock();
		try {
			return this.backlog.load(now);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Supplies the steps of the drain. The queue is busy as long as there is a step.
	 */
	private final class Steps implements OutboundDrain.Source {

		@Override
		public @Nullable OutboundStep next(OutboundWrite.Listener drain) {
			OutboundQueue.this.lock.lock();
			try {
				if (OutboundQueue.this.backlog.isAbandoned()) {
					return null;
				}
				OutboundWrite write = OutboundQueue.this.backlog.startWrite(drain);
				if (write != null) {
					return write;
				}
				OutboundQueue.this.busy = (OutboundQueue.this.closeFrame != null);
				return OutboundQueue.this.closeFrame;
			}
			finally {
				OutboundQueue.this.lock.unlock();
			}
		}

		@Override
		public boolean continueOrIdle() {
			OutboundQueue.this.lock.lock();
			try {
				boolean more = OutboundQueue.this.closeFrame != null || OutboundQueue.this.backlog.hasQueued();
				OutboundQueue.this.busy = more || OutboundQueue.this.backlog.isAbandoned();
				return more;
			}
			finally {
				OutboundQueue.this.lock.unlock();
			}
		}

		@Override
		public void ended(OutboundWrite write) {
			OutboundQueue.this.lock.lock();
			try {
				if (OutboundQueue.this.backlog.endWrite(write)) {
					OutboundQueue.this.changed.signalAll();
				}
			}
			finally {
				OutboundQueue.this.lock.unlock();
			}
		}

	}

}
