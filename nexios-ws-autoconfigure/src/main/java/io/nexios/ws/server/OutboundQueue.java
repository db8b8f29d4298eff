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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocketInterruptedException;
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
 * <b>The end.</b> {@link #close} queues the close status behind all messages;
 * {@link #abandon} forgets them. After either, nothing is added. A queue whose write has
 * failed stays busy: nobody drains it again, and its owner abandons it.
 * <p>
 * All fields are guarded by the lock. Nothing is written, and nobody is called, under it.
 *
 * @author Nexios Team
 */
final class OutboundQueue {

	// Enough for one system call to be worth it, and little enough to leave the rest to
	// drop
	private static final int MAX_WRITE_BYTES = 64 * 1024;

	// Tiny messages take much more than their bytes: this many take about 6 MB
	private static final int MAX_FRAMES = 64 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final ServerThreads threads;

	private final Transport transport;

	private final Owner owner;

	private final int maxBytes;

	private final OverflowPolicy overflow;

	private @Nullable ArrayDeque<Entry> queued;

	private int bytes;

	private long writingSince;

	private boolean writing;

	private boolean busy;

	private boolean abandoned;

	private @Nullable CloseStatus closeStatus;

	OutboundQueue(ServerThreads threads, Transport transport, Owner owner, int maxBytes, OverflowPolicy overflow) {
		this.threads = threads;
		this.transport = transport;
		this.owner = owner;
		this.maxBytes = maxBytes;
		this.overflow = overflow;
	}

	/**
	 * Add a message.
	 * @param frame the message
	 * @param mayWait whether the caller waits for room rather than have the overflow
	 * policy applied
	 * @param inline whether the caller writes an idle queue itself
	 * @return whether the queue is open; what became of the message is not known
	 */
	boolean send(OutboundFrame frame, boolean mayWait, boolean inline) {
		Offer offer = offer(frame, mayWait);
		if (offer == Offer.CLAIMED) {
			startDrain(inline);
		}
		else if (offer == Offer.NO_ROOM && this.overflow == OverflowPolicy.CLOSE) {
			this.owner.overflowed();
		}
		return offer != Offer.CLOSED;
	}

	private Offer offer(OutboundFrame frame, boolean mayWait) {
		this.lock.lock();
		try {
			if (mayWait) {
				awaitRoom(frame.size());
			}
			if (!isOpen()) {
				return Offer.CLOSED;
			}
			if (!fits(frame.size()) && !makeRoom(frame.size())) {
				return Offer.NO_ROOM;
			}
			add(frame);
			return claim() ? Offer.CLAIMED : Offer.ADDED;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitRoom(int size) {
		try {
			while (isOpen() && !fits(size)) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new WebSocketInterruptedException("Interrupted while waiting for the peer to read");
		}
	}

	private boolean isOpen() {
		return !this.abandoned && this.closeStatus == null;
	}

	private boolean fits(int size) {
		boolean few = this.queued == null || this.queued.size() < MAX_FRAMES;
		return few && (this.bytes == 0 || this.bytes + (long) size <= this.maxBytes);
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
		while (!fits(size) && this.queued != null && !this.queued.isEmpty()) {
			this.bytes -= this.queued.remove().frame().size();
		}
		return true;
	}

	private void add(OutboundFrame frame) {
		if (this.queued == null) {
			this.queued = new ArrayDeque<>(4);
		}
		this.queued.add(new Entry(frame, System.nanoTime()));
		this.bytes += frame.size();
	}

	private boolean claim() {
		boolean claimed = !this.busy;
		this.busy = true;
		return claimed;
	}

	/**
	 * Close behind all messages. Nothing happens if the queue is closed already.
	 * @param status the status to close with
	 * @param inline whether the caller writes an idle queue itself
	 */
	void close(CloseStatus status, boolean inline) {
		boolean drain;
		this.lock.lock();
		try {
			if (!isOpen()) {
				return;
			}
			this.closeStatus = status;
			this.changed.signalAll();
			drain = claim();
		}
		finally {
			this.lock.unlock();
		}
		if (drain) {
			startDrain(inline);
		}
	}

	/**
	 * Forget all messages and wake those who wait for room.
	 */
	void abandon() {
		this.lock.lock();
		try {
			this.abandoned = true;
			this.queued = null;
			this.bytes = 0;
			this.writing = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether a message has been waiting for the peer for too long.
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @param maxAge how long it may wait, in nanoseconds
	 * @return whether the oldest message is older
	 */
	boolean isOverdue(long now, long maxAge) {
		this.lock.lock();
		try {
			if (this.writing) {
				return now - this.writingSince > maxAge;
			}
			return this.queued != null && !this.queued.isEmpty() && now - this.queued.element().queuedAt() > maxAge;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startDrain(boolean inline) {
		if (inline) {
			InterruptShield.run(() -> drain(true));
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
		List<OutboundFrame> frames = take(mayBlock);
		while (frames != null) {
			Write write = new Write(frames);
			write(frames, mayBlock, write);
			if (!write.isCompletedOnReturn()) {
				return;
			}
			if (inline && hasMore()) {
				handOver();
				return;
			}
			frames = take(mayBlock);
		}
	}

	private void write(List<OutboundFrame> frames, boolean mayBlock, Write write) {
		try {
			this.transport.write(frames, mayBlock, write);
		}
		catch (RuntimeException ex) {
			write.failed(ex);
		}
	}

	/**
	 * Take messages for the next write; without any, send the close frame or make the
	 * queue idle.
	 * @param mayBlock whether this thread may wait for the peer
	 * @return the messages, or {@code null} if the drain is over
	 */
	private @Nullable List<OutboundFrame> take(boolean mayBlock) {
		CloseStatus status;
		this.lock.lock();
		try {
			if (this.abandoned) {
				return null;
			}
			if (this.queued != null && !this.queued.isEmpty()) {
				return takeQueued(this.queued);
			}
			status = this.closeStatus;
			this.busy = (status != null);
		}
		finally {
			this.lock.unlock();
		}
		if (status != null) {
			sendClose(status, mayBlock);
		}
		return null;
	}

	private void sendClose(CloseStatus status, boolean mayBlock) {
		if (mayBlock) {
			this.transport.close(status);
		}
		else {
			this.threads.executeSurely(() -> this.transport.close(status));
		}
	}

	private List<OutboundFrame> takeQueued(ArrayDeque<Entry> queued) {
		this.writing = true;
		this.writingSince = queued.element().queuedAt();
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

	private boolean hasMore() {
		this.lock.lock();
		try {
			return this.closeStatus != null || (this.queued != null && !this.queued.isEmpty());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void written(List<OutboundFrame> frames) {
		this.lock.lock();
		try {
			if (this.abandoned) {
				return;
			}
			this.writing = false;
			for (OutboundFrame frame : frames) {
				this.bytes -= frame.size();
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private record Entry(OutboundFrame frame, long queuedAt) {

	}

	/**
	 * Who is told when the queue cannot go on.
	 */
	interface Owner {

		/**
		 * A message did not fit and the policy is to close.
		 */
		void overflowed();

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

		private final List<OutboundFrame> frames;

		Write(List<OutboundFrame> frames) {
			this.frames = frames;
		}

		@Override
		public void succeeded() {
			written(this.frames);
			if (!this.progress.compareAndSet(Progress.CALLED, Progress.COMPLETED)) {
				handOver();
			}
		}

		@Override
		public void failed(Throwable failure) {
			OutboundQueue.this.owner.writeFailed(failure);
		}

		boolean isCompletedOnReturn() {
			return !this.progress.compareAndSet(Progress.CALLED, Progress.RETURNED);
		}

	}

	private enum Offer {

		/**
		 * Not added, as nothing will be any more.
		 */
		CLOSED,

		/**
		 * Not added, for the overflow policy to decide.
		 */
		NO_ROOM,

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
