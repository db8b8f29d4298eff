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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.server.transport.InterruptShield;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Holds the complete messages of one peer that wait for the handler, and the end after
 * them.
 * <p>
 * One thread at a time adds messages (the container's), and one thread at a time takes
 * them. A second taker gets an exception. When a limit is reached, reading pauses, so
 * that TCP slows the peer down. When the queue is at a quarter of the limits or below,
 * reading resumes. The pause happens under the lock, and the resume after the lock was
 * released. So a resume always comes after its pause. The next pause needs another
 * message, and that message needs the resume.
 * <p>
 * After the end no message is added, and reading always continues, because the container
 * has to read the peer's close.
 * <p>
 * The answer to the peer's close waits until the messages before it are handled, see
 * {@link AnswerHold}.
 *
 * @author Nexios Team
 */
public final class InboundQueue {

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicBoolean receiving = new AtomicBoolean();

	private final Transport transport;

	private final boolean discarding;

	private final @Nullable Runnable listener;

	private final LongConsumer resumed;

	private final MessageBacklog backlog;

	private final AnswerHold hold = new AnswerHold();

	private boolean paused;

	private long pausedAt;

	private boolean stopped;

	private WSMessage.@Nullable Disconnect end;

	private @Nullable Thread waiter;

	/**
	 * Create a queue.
	 * @param transport the transport whose reading is paused
	 * @param limits the limits of messages that wait
	 * @param discarding whether messages are discarded at once
	 * @param listener run after a message or the end was added, or {@code null}
	 * @param resumed called before reading resumes, with the nanoseconds for which it was
	 * paused
	 */
	public InboundQueue(Transport transport, InboundLimits limits, boolean discarding, @Nullable Runnable listener,
			LongConsumer resumed) {
		this.transport = transport;
		this.backlog = new MessageBacklog(limits);
		this.discarding = discarding;
		this.listener = listener;
		this.resumed = resumed;
	}

	/**
	 * Add a message, and pause reading if that fills the queue.
	 * @param message the message
	 * @param size its size in bytes
	 */
	public void add(WSMessage message, int size) {
		Thread waiter;
		boolean pause;
		this.lock.lock();
		try {
			if (this.end != null || this.stopped || this.discarding) {
				return;
			}
			this.backlog.add(message, size);
			pause = this.backlog.isFull();
			if (pause) {
				this.paused = true;
				this.pausedAt = System.nanoTime();
				this.transport.pause();
			}
			waiter = this.waiter;
		}
		finally {
			this.lock.unlock();
		}
		signal(waiter);
		if (pause) {
			this.transport.awaitResume();
		}
	}

	private void signal(@Nullable Thread waiter) {
		LockSupport.unpark(waiter);
		if (this.listener != null) {
			this.listener.run();
		}
	}

	/**
	 * Add the end, which comes after all messages.
	 * @param end the end
	 * @param discard whether messages that wait are discarded
	 */
	public void end(WSMessage.Disconnect end, boolean discard) {
		Thread waiter;
		boolean resume;
		this.lock.lock();
		try {
			if (this.end == null) {
				this.end = end;
			}
			resume = refuseMore(discard);
			waiter = this.waiter;
		}
		finally {
			this.lock.unlock();
		}
		signal(waiter);
		if (resume) {
			resume();
		}
	}

	/**
	 * Accept no more messages. The end is added later.
	 * @param discard whether messages that wait are discarded
	 */
	public void stop(boolean discard) {
		boolean resume;
		this.lock.lock();
		try {
			resume = refuseMore(discard);
		}
		finally {
			this.lock.unlock();
		}
		if (resume) {
			resume();
		}
	}

	private boolean refuseMore(boolean discard) {
		this.stopped = true;
		if (discard) {
			this.backlog.clear();
		}
		boolean resume = this.paused;
		this.paused = false;
		return resume;
	}

	/**
	 * Hold an action back until all messages are handled. It is held back in three cases:
	 * a message is being handled, messages wait for a thread or a consumer that receives,
	 * or messages wait and no thread has received yet. To be called once, after the end
	 * was added.
	 * @param action the action, which the thread that handles the last message runs
	 * @return what the action waits for
	 */
	public Hold holdUntilIdle(Runnable action) {
		this.lock.lock();
		try {
			boolean receiver = this.receiving.get() || this.listener != null;
			return this.hold.keep(action, !this.backlog.isEmpty(), receiver);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Run the action that is held back if no thread has received yet.
	 */
	public void releaseUnlessReceived() {
		boolean received;
		this.lock.lock();
		try {
			received = this.hold.hasReceived();
		}
		finally {
			this.lock.unlock();
		}
		if (!received) {
			release();
		}
	}

	/**
	 * Return whether a message is being handled, and an action that waits for it has not
	 * run. Possibly the action is not held back yet.
	 * @return whether it is
	 */
	public boolean isAnswering() {
		this.lock.lock();
		try {
			return this.hold.isAnswering();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Run the action that is held back, because no thread receives any more or the action
	 * has waited long enough.
	 * @return whether there was one
	 */
	public boolean release() {
		Runnable action;
		this.lock.lock();
		try {
			action = this.hold.release();
		}
		finally {
			this.lock.unlock();
		}
		if (action != null) {
			action.run();
		}
		return action != null;
	}

	/**
	 * Wait for the next message.
	 * @return the message or the end. Later calls return the end again
	 */
	public WSMessage take() {
		WSMessage message = take(FOREVER);
		Assert.state(message != null, "No message was taken");
		return message;
	}

	/**
	 * Wait for the next message for a limited time.
	 * @param timeout how long to wait at most
	 * @return the message or the end, or {@code null} if there was none in time
	 */
	public @Nullable WSMessage take(Duration timeout) {
		if (!this.receiving.compareAndSet(false, true)) {
			throw new IllegalStateException(
					"Another thread is receiving from this connection: only one may do so at a time");
		}
		try {
			return awaitMessage(nanos(timeout));
		}
		finally {
			this.receiving.set(false);
		}
	}

	private static long nanos(Duration timeout) {
		return timeout.isNegative() ? 0 : (timeout.compareTo(FOREVER) < 0) ? timeout.toNanos() : FOREVER.toNanos();
	}

	private @Nullable WSMessage awaitMessage(long timeout) {
		WSMessage message = poll();
		long start = (message != null) ? 0 : System.nanoTime();
		while (message == null) {
			long remaining = timeout - (System.nanoTime() - start);
			if (remaining <= 0) {
				return null;
			}
			park(timeout, remaining);
			if (Thread.currentThread().isInterrupted()) {
				throw new WebSocketInterruptedException("Interrupted while waiting for a message");
			}
			message = poll();
		}
		return message;
	}

	private void park(long timeout, long remaining) {
		if (timeout == FOREVER.toNanos()) {
			// A timed wait would set and cancel a timer for every message
			LockSupport.park(this);
		}
		else {
			LockSupport.parkNanos(this, remaining);
		}
	}

	/**
	 * Return the next message or the end. If there is neither, register this thread as
	 * the one to unpark.
	 * @return the message or the end, or {@code null} if there is neither
	 */
	public @Nullable WSMessage poll() {
		boolean resume = false;
		WSMessage message;
		WSMessage.Disconnect end;
		this.lock.lock();
		try {
			message = this.backlog.poll();
			end = this.end;
			this.hold.polled(message != null);
			this.waiter = (message != null || end != null) ? null : Thread.currentThread();
			if (message != null) {
				resume = this.paused && this.backlog.isLow();
				this.paused = this.paused && !resume;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (resume) {
			resume();
		}
		if (message == null && end != null) {
			release();
		}
		return (message != null) ? message : end;
	}

	private void resume() {
		this.resumed.accept(System.nanoTime() - this.pausedAt);
		InterruptShield.run(this.transport::resume);
	}

	/**
	 * Return whether reading is paused.
	 * @return whether it is
	 */
	public boolean isPaused() {
		this.lock.lock();
		try {
			return this.paused;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether messages wait for the handler.
	 * @return whether there are any
	 */
	public boolean hasMessages() {
		this.lock.lock();
		try {
			return !this.backlog.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the number and size of the messages that wait for the handler.
	 * @return a snapshot
	 */
	public InboundLoad load() {
		this.lock.lock();
		try {
			return new InboundLoad(this.backlog.size(), this.backlog.bytes(), this.paused);
		}
		finally {
			this.lock.unlock();
		}
	}

}
