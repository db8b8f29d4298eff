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
import java.util.ArrayDeque;
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
 * Complete messages of one peer that wait for the handler, and then the end.
 * <p>
 * One thread at a time adds (the container's), one at a time takes (a second taker gets
 * an exception). Beyond the limits reading is paused, so that TCP slows the peer down;
 * below a quarter of them it goes on. Pausing happens under the lock, resuming after it:
 * a resume is therefore never overtaken by its pause, and the next pause needs a message,
 * which needs the resume.
 * <p>
 * After the end nothing is added, and reading always goes on, because the container has
 * to see the peer's close.
 * <p>
 * A message is <em>being handled</em> from the moment it is taken until the taker asks
 * for the next one or has returned. The answer to the peer's close waits for that
 * ({@link #holdUntilIdle}): under the lock either the action finds somebody at work, who
 * will run it, or nobody is.
 *
 * @author Nexios Team
 */
public final class InboundQueue {

	private static final int LOW_WATER_DIVISOR = 4;

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicBoolean receiving = new AtomicBoolean();

	private final Transport transport;

	private final int maxMessages;

	private final int maxBytes;

	private final boolean discarding;

	private final @Nullable Runnable listener;

	private final LongConsumer resumed;

	private @Nullable ArrayDeque<Entry> queued;

	private int bytes;

	private boolean paused;

	private long pausedAt;

	private boolean stopped;

	private WSMessage.@Nullable Disconnect end;

	private boolean handling;

	private boolean received;

	private @Nullable Runnable whenIdle;

	private boolean released;

	private @Nullable Thread waiter;

	/**
	 * Create a queue.
	 * @param transport what is paused
	 * @param limits what may wait
	 * @param discarding whether messages are forgotten at once
	 * @param listener told of messages and the end, if anybody is
	 * @param resumed told before reading goes on for how many nanoseconds it was paused
	 */
	public InboundQueue(Transport transport, InboundLimits limits, boolean discarding, @Nullable Runnable listener,
			LongConsumer resumed) {
		this.transport = transport;
		this.maxMessages = limits.maxMessages();
		this.maxBytes = limits.maxBytes();
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
			if (this.queued == null) {
				this.queued = new ArrayDeque<>(4);
			}
			this.queued.add(new Entry(message, size));
			this.bytes += size;
			pause = this.queued.size() >= this.maxMessages || this.bytes >= this.maxBytes;
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
	 * @param discard whether messages that wait are forgotten
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
	 * Add nothing any more. The end follows.
	 * @param discard whether messages that wait are forgotten
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
			this.queued = null;
			this.bytes = 0;
		}
		boolean resume = this.paused;
		this.paused = false;
		return resume;
	}

	/**
	 * Keep an action until all messages are handled, if one is being handled or waits for
	 * somebody who receives, or may be about to for the first time. To be called once,
	 * after the end was added.
	 * @param action the action, which whoever handles the last message runs
	 * @return what the action waits for
	 */
	public Hold holdUntilIdle(Runnable action) {
		this.lock.lock();
		try {
			Hold hold = hold();
			this.whenIdle = (hold != Hold.NOTHING_TO_WAIT_FOR) ? action : null;
			return hold;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Hold hold() {
		boolean waiting = this.queued != null && !this.queued.isEmpty();
		if (this.handling || (waiting && (this.receiving.get() || this.listener != null))) {
			return Hold.AT_WORK;
		}
		return (waiting && !this.received) ? Hold.NOBODY_HAS_RECEIVED : Hold.NOTHING_TO_WAIT_FOR;
	}

	/**
	 * Run the action that is kept if nobody has received yet.
	 */
	public void releaseUnlessReceived() {
		boolean received;
		this.lock.lock();
		try {
			received = this.received;
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
	 * run. It may be about to be kept.
	 * @return whether it is
	 */
	public boolean isAnswering() {
		this.lock.lock();
		try {
			return this.handling && !this.released;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Run the action that is kept, as nobody receives any more or it has waited long
	 * enough.
	 * @return whether there was one
	 */
	public boolean release() {
		Runnable action;
		this.lock.lock();
		try {
			this.handling = false;
			this.released = true;
			action = this.whenIdle;
			this.whenIdle = null;
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
	 * @return the message or the end, which is returned again and again
	 */
	public WSMessage take() {
		WSMessage message = take(FOREVER);
		Assert.state(message != null, "Nothing was taken");
		return message;
	}

	/**
	 * Wait for the next message for some time.
	 * @param timeout how long
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
	 * Return the next message or the end; without either, make this thread the one to be
	 * unparked.
	 * @return the message or the end, or {@code null} if there is neither
	 */
	public @Nullable WSMessage poll() {
		boolean resume = false;
		Entry entry;
		WSMessage.Disconnect end;
		this.lock.lock();
		try {
			entry = (this.queued != null) ? this.queued.poll() : null;
			end = this.end;
			this.handling = (entry != null);
			this.received = true;
			this.waiter = (entry != null || end != null) ? null : Thread.currentThread();
			if (entry != null) {
				this.bytes -= entry.size();
				resume = this.paused && isLow();
				this.paused = this.paused && !resume;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (resume) {
			resume();
		}
		return (entry != null) ? entry.message() : ended(end);
	}

	private WSMessage.@Nullable Disconnect ended(WSMessage.@Nullable Disconnect end) {
		if (end != null) {
			release();
		}
		return end;
	}

	private void resume() {
		this.resumed.accept(System.nanoTime() - this.pausedAt);
		InterruptShield.run(this.transport::resume);
	}

	private boolean isLow() {
		int messages = (this.queued != null) ? this.queued.size() : 0;
		return messages <= this.maxMessages / LOW_WATER_DIVISOR && this.bytes <= this.maxBytes / LOW_WATER_DIVISOR;
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
			return this.queued != null && !this.queued.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return how much waits for the handler.
	 * @return a snapshot
	 */
	public InboundLoad load() {
		this.lock.lock();
		try {
			return new InboundLoad((this.queued != null) ? this.queued.size() : 0, this.bytes, this.paused);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What the answer to the peer's close waits for.
	 */
	public enum Hold {

		/**
		 * Nobody is at work at a message.
		 */
		NOTHING_TO_WAIT_FOR,

		/**
		 * Messages wait for somebody who has not received from this connection yet.
		 */
		NOBODY_HAS_RECEIVED,

		/**
		 * A message is being handled, or waits for somebody who receives.
		 */
		AT_WORK

	}

	private record Entry(WSMessage message, int size) {

	}

}
