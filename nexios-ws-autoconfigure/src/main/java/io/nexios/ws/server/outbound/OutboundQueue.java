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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.InterruptShield;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Everything on its way to one peer, in order.
 * <p>
 * <b>Who writes.</b> The queue is <em>idle</em> or <em>busy</em>. Whoever adds to an idle
 * queue makes it busy and is its only drainer: it takes all that is queued, writes it
 * with one flush, and looks again, until there is nothing left and it makes the queue
 * idle. Anybody else only adds. So an idle queue is empty, and there are never two writes
 * at a time.
 * <p>
 * <b>On which thread.</b> A handler drains an idle queue itself and stops after its own
 * message, handing what was added meanwhile to a task. Every other drain is a task. A
 * write that completes later, on a thread of the container, hands over to a task too.
 * <p>
 * <b>The end.</b> {@link #close} queues the close frame behind all messages; {@link #cut}
 * forgets those that are not being written, and queues it behind the rest;
 * {@link #abandon} forgets everything. After any of them, nothing is added. A queue whose
 * write has failed stays busy: nobody drains it again, and its owner abandons it.
 * <p>
 * All fields are guarded by the lock. Nothing is written under it, and nobody is called
 * who does more than count.
 *
 * @author Nexios Team
 */
public final class OutboundQueue {

	// Enough for one system call to be worth it, and little enough to leave the rest to
	// drop
	private static final int MAX_WRITE_BYTES = 64 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final ServerThreads threads;

	private final Transport transport;

	private final Owner owner;

	private final OutboundBudget budget;

	private final int maxBytes;

	private final int maxMessages;

	private final OverflowPolicy overflow;

	private final WriteTime writeTime;

	private @Nullable ArrayDeque<Queued> queued;

	private @Nullable Write writing;

	private int bytes;

	private boolean busy;

	private boolean abandoned;

	// Whether what is being written was given up, and so is on its way out of the budget
	private boolean leaving;

	private @Nullable CloseFrame closeFrame;

	/**
	 * Create a queue.
	 * @param threads run drains
	 * @param transport what is written to
	 * @param owner told when the queue cannot go on
	 * @param budget for what waits for all peers together
	 * @param limits what may wait for this peer
	 * @param overflow what becomes of a message beyond these limits
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 */
	public OutboundQueue(ServerThreads threads, Transport transport, Owner owner, OutboundBudget budget,
			OutboundLimits limits, OverflowPolicy overflow, LongSupplier nanoTime) {
		this.threads = threads;
		this.transport = transport;
		this.owner = owner;
		this.budget = budget;
		this.maxBytes = limits.maxBytes();
		this.maxMessages = limits.maxMessages();
		this.overflow = overflow;
		this.writeTime = new WriteTime(nanoTime);
	}

	/**
	 * Add a message.
	 * @param frame the message
	 * @param mayWait whether the caller waits for room rather than have the overflow
	 * policy applied, unless too many threads wait for peers
	 * @param inline whether the caller writes an idle queue itself
	 * @return whether the queue is open; what became of the message is not known
	 */
	public boolean send(OutboundFrame frame, boolean mayWait, boolean inline) {
		Offer offer = offer(frame, mayWait);
		if (offer == Offer.CLAIMED) {
			startDrain(inline);
		}
		else if (offer == Offer.TOO_MANY_BYTES) {
			refused(Limit.OUTBOUND_BYTES);
		}
		else if (offer == Offer.TOO_MANY_MESSAGES) {
			refused(Limit.OUTBOUND_MESSAGES);
		}
		return offer != Offer.CLOSED;
	}

	private void refused(Limit limit) {
		if (isDropping()) {
			this.owner.dropped(1);
		}
		else {
			this.owner.overflowed(limit);
		}
	}

	private Offer offer(OutboundFrame frame, boolean mayWait) {
		this.lock.lock();
		try {
			boolean yielding = mayWait || isDropping();
			if (mayWait) {
				awaitRoom(frame.size());
			}
			if (!isOpen()) {
				return Offer.CLOSED;
			}
			if (!fits(frame.size(), yielding) && !makeRoom(frame.size())) {
				return isFewEnough() ? Offer.TOO_MANY_BYTES : Offer.TOO_MANY_MESSAGES;
			}
			add(frame);
			return claim() ? Offer.CLAIMED : Offer.ADDED;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitRoom(int size) {
		if (!isOpen() || fits(size, true)) {
			return;
		}
		if (!this.threads.beginWait()) {
			this.owner.waitRefused();
			return;
		}
		try {
			while (isOpen() && !fits(size, true)) {
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

	private boolean isOpen() {
		return !this.abandoned && this.closeFrame == null;
	}

	private boolean isDropping() {
		return this.overflow != OverflowPolicy.CLOSE;
	}

	/**
	 * Return whether there is room for a message. An empty queue has room for any.
	 * @param size the size of the message
	 * @param yielding whether the message can wait or be dropped, and so leaves what is
	 * left of the budget to those that cannot
	 * @return whether there is room
	 */
	private boolean fits(int size, boolean yielding) {
		boolean small = this.bytes + (long) size <= this.maxBytes && !(yielding && this.budget.isExceeded());
		return isFewEnough() && (this.bytes == 0 || small);
	}

	private boolean isFewEnough() {
		return this.queued == null || this.queued.size() < this.maxMessages;
	}

	/**
	 * Drop the oldest messages if that is the policy. The new one then stays in any case,
	 * at worst beside the one that is being written.
	 * @param size the size of the new message
	 * @return whether the new message may be added
	 */
	private boolean makeRoom(int size) {
		if (this.overflow != OverflowPolicy.DROP_OLDEST) {
			return false;
		}
		while (!fits(size, true) && this.queued != null && !this.queued.isEmpty()) {
			forget(this.queued.remove().frame());
			this.owner.dropped(1);
		}
		return true;
	}

	private void forget(OutboundFrame frame) {
		this.bytes -= frame.size();
		this.budget.release(frame);
	}

	private void add(OutboundFrame frame) {
		if (this.queued == null) {
			this.queued = new ArrayDeque<>(4);
		}
		this.queued.add(new Queued(frame, this.writeTime.read()));
		this.bytes += frame.size();
		this.budget.hold(frame);
	}

	private boolean claim() {
		boolean claimed = !this.busy;
		this.busy = true;
		return claimed;
	}

	/**
	 * Close behind all messages. Nothing happens if the queue is closed already.
	 * @param status the status to close with
	 * @param patience how long the close frame may wait for the peer
	 * @param inline whether the caller writes an idle queue itself
	 */
	public void close(CloseStatus status, Duration patience, boolean inline) {
		boolean drain;
		this.lock.lock();
		try {
			if (!isOpen()) {
				return;
			}
			drain = queueClose(status, patience);
		}
		finally {
			this.lock.unlock();
		}
		if (drain) {
			startDrain(inline);
		}
	}

	/**
	 * Close behind what is being written, and forget what is queued behind it. If the
	 * queue is closed already, only what is queued is forgotten.
	 * @param status the status to close with
	 * @param patience how long the close frame may wait for the peer
	 * @param inline whether the caller writes the close frame of an idle queue itself
	 */
	public void cut(CloseStatus status, Duration patience, boolean inline) {
		boolean drain;
		this.lock.lock();
		try {
			if (this.abandoned) {
				return;
			}
			forgetQueued();
			giveUpWriting();
			drain = this.closeFrame == null && queueClose(status, patience);
		}
		finally {
			this.lock.unlock();
		}
		if (drain) {
			startDrain(inline);
		}
	}

	private boolean queueClose(CloseStatus status, Duration patience) {
		this.closeFrame = new CloseFrame(status, patience);
		this.changed.signalAll();
		return claim();
	}

	private void giveUpWriting() {
		if (this.writing != null && !this.leaving) {
			this.leaving = true;
			this.budget.leaving(this.writing.bytes);
		}
	}

	/**
	 * Forget all messages and wake those who wait for room. What is being written is held
	 * until its write has ended.
	 */
	public void abandon() {
		this.lock.lock();
		try {
			if (this.abandoned) {
				return;
			}
			forgetQueued();
			giveUpWriting();
			this.abandoned = true;
			this.bytes = 0;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forgetQueued() {
		if (this.queued != null) {
			this.queued.forEach((entry) -> forget(entry.frame()));
			this.queued = null;
		}
	}

	/**
	 * Drop all messages that are not being written, if messages may be dropped.
	 */
	public void shed() {
		this.lock.lock();
		try {
			if (isDropping() && this.queued != null && !this.queued.isEmpty()) {
				this.owner.dropped(this.queued.size());
				forgetQueued();
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return for how long the oldest message has been waiting for the peer: the time that
	 * it has been here, less that in which nothing was being written.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the time in nanoseconds, 0 if there is no message
	 */
	public long age(long now) {
		this.lock.lock();
		try {
			return isEmpty() ? 0 : this.writeTime.since(oldest(), now);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let some of the time that messages have been waiting not count.
	 * @param nanos how much at most, in nanoseconds
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 */
	public void excuse(long nanos, long now) {
		this.lock.lock();
		try {
			if (!isEmpty()) {
				this.writeTime.excuse(oldest(), nanos, now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether nothing waits for the peer.
	 * @return whether there is no message, nor is one being written
	 */
	public boolean isEmpty() {
		this.lock.lock();
		try {
			return this.abandoned || (this.writing == null && !hasQueued());
		}
		finally {
			this.lock.unlock();
		}
	}

	private long oldest() {
		return (this.writing != null) ? this.writing.queuedAt
				: (this.queued != null) ? this.queued.element().queuedAt() : this.writeTime.read();
	}

	/**
	 * Return how much waits for the peer.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return a snapshot
	 */
	public OutboundLoad load(long now) {
		this.lock.lock();
		try {
			int messages = (this.writing != null && !this.abandoned) ? this.writing.frames.size() : 0;
			messages += (this.queued != null) ? this.queued.size() : 0;
			return new OutboundLoad(messages, this.bytes, Duration.ofNanos(age(now)));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startDrain(boolean inline) {
		if (inline && this.threads.beginWait()) {
			try {
				InterruptShield.run(() -> drain(true));
			}
			finally {
				this.threads.endWait();
			}
		}
		else {
			handOver();
		}
	}

	private void handOver() {
		try {
			this.threads.execute(() -> drain(false));
		}
		catch (RejectedExecutionException ex) {
			this.owner.writeFailed(ex);
		}
	}

	private void drain(boolean inline) {
		boolean mayBlock = inline || this.threads.tasksMayBlock();
		Write write = take(mayBlock);
		while (write != null && write(write, mayBlock)) {
			if (inline) {
				handOverRest();
				return;
			}
			write = take(mayBlock);
		}
	}

	/**
	 * Write.
	 * @param write what to write
	 * @param mayBlock whether this thread may wait for the peer
	 * @return whether the write is completed; otherwise its completion goes on
	 */
	private boolean write(Write write, boolean mayBlock) {
		try {
			this.transport.write(write.frames, mayBlock, write);
		}
		catch (RuntimeException ex) {
			write.failed(ex);
		}
		return write.isCompletedOnReturn();
	}

	private void handOverRest() {
		boolean more;
		this.lock.lock();
		try {
			more = this.closeFrame != null || hasQueued();
			this.busy = more || this.abandoned;
		}
		finally {
			this.lock.unlock();
		}
		if (more) {
			handOver();
		}
	}

	private boolean hasQueued() {
		return this.queued != null && !this.queued.isEmpty();
	}

	/**
	 * Take messages for the next write; without any, send the close frame or make the
	 * queue idle.
	 * @param mayBlock whether this thread may wait for the peer
	 * @return the write, or {@code null} if the drain is over
	 */
	private @Nullable Write take(boolean mayBlock) {
		CloseFrame close;
		this.lock.lock();
		try {
			if (this.abandoned) {
				return null;
			}
			if (this.queued != null && !this.queued.isEmpty()) {
				this.writing = new Write(this.queued.element().queuedAt(), takeQueued(this.queued));
				this.writeTime.start();
				return this.writing;
			}
			close = this.closeFrame;
			this.busy = (close != null);
		}
		finally {
			this.lock.unlock();
		}
		if (close != null) {
			sendClose(close, mayBlock);
		}
		return null;
	}

	private void sendClose(CloseFrame close, boolean mayBlock) {
		if (mayBlock) {
			sendClose(close);
		}
		else {
			this.threads.executeSurely(() -> sendClose(close));
		}
	}

	private void sendClose(CloseFrame close) {
		this.transport.close(close.status(), close.patience());
		this.owner.closeSent();
	}

	private List<OutboundFrame> takeQueued(ArrayDeque<Queued> queued) {
		if (queued.size() == 1) {
			return List.of(queued.remove().frame());
		}
		List<OutboundFrame> frames = new ArrayList<>(queued.size());
		int size = 0;
		while (!queued.isEmpty() && (size == 0 || size + queued.element().frame().size() <= MAX_WRITE_BYTES)) {
			OutboundFrame frame = queued.remove().frame();
			frames.add(frame);
			size += Math.max(1, frame.size());
		}
		if (queued.isEmpty()) {
			// An idle connection is not to keep the room that a burst has taken
			this.queued = null;
		}
		return frames;
	}

	private void ended(Write write) {
		this.lock.lock();
		try {
			if (this.writing == write) {
				this.writing = null;
				this.writeTime.stop();
				write.frames.forEach(this.budget::release);
				if (this.leaving) {
					this.budget.leaving(-write.bytes);
				}
				if (!this.abandoned) {
					this.bytes -= write.bytes;
					this.changed.signalAll();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Who is told when the queue cannot go on.
	 */
	public interface Owner {

		/**
		 * The close frame was handed to the transport.
		 */
		void closeSent();

		/**
		 * A message did not fit and the policy is to close.
		 * @param limit which limit it exceeds
		 */
		void overflowed(Limit limit);

		/**
		 * Messages were dropped. Called under the lock: only counts.
		 * @param messages their number
		 */
		void dropped(int messages);

		/**
		 * A message has not waited for room, as too many threads wait for peers. Called
		 * under the lock: only counts.
		 */
		void waitRefused();

		/**
		 * Messages were handed to the operating system.
		 * @param frames the messages
		 */
		void written(List<OutboundFrame> frames);

		/**
		 * A write has failed.
		 * @param failure what happened
		 */
		void writeFailed(Throwable failure);

	}

	/**
	 * One write. Either its completion or the return of the call comes last, and the last
	 * one goes on draining.
	 */
	private final class Write implements Transport.Completion {

		private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.CALLED);

		private final long queuedAt;

		private final List<OutboundFrame> frames;

		private final int bytes;

		Write(long queuedAt, List<OutboundFrame> frames) {
			this.queuedAt = queuedAt;
			this.frames = frames;
			this.bytes = size(frames);
		}

		private static int size(List<OutboundFrame> frames) {
			int size = 0;
			for (OutboundFrame frame : frames) {
				size += frame.size();
			}
			return size;
		}

		@Override
		public void succeeded() {
			ended(this);
			OutboundQueue.this.owner.written(this.frames);
			if (!this.progress.compareAndSet(Progress.CALLED, Progress.COMPLETED)) {
				handOver();
			}
		}

		@Override
		public void failed(Throwable failure) {
			ended(this);
			OutboundQueue.this.owner.writeFailed(failure);
		}

		boolean isCompletedOnReturn() {
			return !this.progress.compareAndSet(Progress.CALLED, Progress.RETURNED);
		}

	}

	/**
	 * What comes behind all messages.
	 *
	 * @param status the status to close with
	 * @param patience how long the frame may wait for the peer
	 */
	private record CloseFrame(CloseStatus status, Duration patience) {

	}

	/**
	 * A message that waits.
	 *
	 * @param frame the message
	 * @param queuedAt the write time when it was added
	 */
	private record Queued(OutboundFrame frame, long queuedAt) {

	}

	private enum Offer {

		/**
		 * Not added, as nothing will be any more.
		 */
		CLOSED,

		/**
		 * Not added, for the overflow policy to decide.
		 */
		TOO_MANY_BYTES,

		/**
		 * Not added, for the overflow policy to decide.
		 */
		TOO_MANY_MESSAGES,

		/**
		 * Added for the drainer at work.
		 */
		ADDED,

		/**
		 * Added to an idle queue, which the caller has to drain.
		 */
		CLAIMED

	}

	private enum Progress {

		/**
		 * The call has neither returned nor completed.
		 */
		CALLED,

		/**
		 * Completed while the call was still under way: the caller goes on.
		 */
		COMPLETED,

		/**
		 * Returned first: the completion goes on.
		 */
		RETURNED

	}

}
