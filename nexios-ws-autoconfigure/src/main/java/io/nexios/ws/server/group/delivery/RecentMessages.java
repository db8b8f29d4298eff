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

package io.nexios.ws.server.group.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.broker.Position;
import io.nexios.ws.spi.TimeSource.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The last saved messages of one group, for the joins that come within a short time. They
 * are read once, and deliveries keep them current.
 * <p>
 * A join uses this object from the moment at which its member is added. It needs the
 * messages up to the position of that moment. The read has begun at or before that
 * moment, and every message that was delivered between the two is here. So the messages
 * are complete for the join as soon as the read has completed, even if this object is
 * forgotten meanwhile: its messages stay as long as a join uses them.
 * <p>
 * The lock guards all fields except the future.
 *
 * @author Nexios Team
 */
public final class RecentMessages {

	private final ReentrantLock lock = new ReentrantLock();

	private final CompletableFuture<Boolean> read = new CompletableFuture<>();

	private final Deque<Delivery> messages = new ArrayDeque<>();

	private final RecentHistories histories;

	// Before the first message. Not known before the read, and after a gap
	private @Nullable Position start;

	private long bytes;

	private long lastUse;

	// Forgets the messages if no join uses them
	private @Nullable Timer timer;

	private int users;

	private boolean reading;

	// The history was read. The future completes a moment later
	private boolean ordered;

	private boolean forgotten;

	RecentMessages(RecentHistories histories) {
		this.histories = histories;
	}

	/**
	 * Set the timer that forgets the messages if no join uses them.
	 * @param timer the timer
	 */
	void checkedBy(Timer timer) {
		this.lock.lock();
		try {
			this.timer = timer;
			cancelTimerIfForgotten();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void cancelTimerIfForgotten() {
		Timer timer = this.timer;
		if (this.forgotten && timer != null) {
			timer.cancel();
		}
	}

	/**
	 * Use the messages for a join. {@link #done()} has to follow.
	 * @return whether they can be used
	 */
	boolean use() {
		this.lock.lock();
		try {
			if (this.forgotten || this.read.isCompletedExceptionally()) {
				return false;
			}
			this.users++;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A join does not use the messages any more.
	 */
	public void done() {
		this.lock.lock();
		try {
			this.users--;
			this.lastUse = this.histories.now();
			clearIfUnused();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Begin to read the history. Only the first call has an effect.
	 * @return whether the caller has to read it
	 */
	boolean beginRead() {
		this.lock.lock();
		try {
			boolean first = !this.reading;
			this.reading = true;
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The history was read.
	 * @param start the position before the first message, or {@code null} if it is not
	 * known
	 * @param history the messages
	 */
	public void read(@Nullable Position start, List<Delivery> history) {
		this.lock.lock();
		try {
			List<Delivery> delivered = new ArrayList<>(this.messages);
			removeAll();
			this.start = start;
			this.ordered = true;
			history.forEach(this::addInOrder);
			delivered.forEach(this::addInOrder);
		}
		finally {
			this.lock.unlock();
		}
		this.read.complete(true);
	}

	void notRead(Throwable failure) {
		this.read.completeExceptionally(failure);
		forget();
	}

	/**
	 * Return the stage for the joins that wait.
	 * @return completes when the history was read
	 */
	public CompletableFuture<Boolean> read() {
		return this.read;
	}

	/**
	 * Add a message that is being delivered.
	 * @param delivery the message
	 */
	void append(Delivery delivery) {
		this.lock.lock();
		try {
			if (this.forgotten) {
				return;
			}
			if (this.ordered) {
				addInOrder(delivery);
			}
			else {
				add(delivery);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.histories.limitTotal();
	}

	private void addInOrder(Delivery delivery) {
		Delivery last = this.messages.peekLast();
		Position before = (last != null) ? last.reached() : this.start;
		boolean sameEpoch = before != null && before.epoch() == delivery.reached().epoch();
		if (before != null && sameEpoch && delivery.offset() <= before.offset()) {
			return;
		}
		if (before != null && !(sameEpoch && delivery.offset() == before.offset() + 1)) {
			// What comes before a gap cannot be used
			removeAll();
			this.start = null;
		}
		add(delivery);
	}

	private void add(Delivery delivery) {
		this.messages.add(delivery);
		count(delivery.size());
		while (this.messages.size() > this.histories.maxMessages() || this.bytes > this.histories.maxBytes()) {
			removeFirst();
		}
	}

	private void removeFirst() {
		Delivery first = this.messages.remove();
		this.start = first.reached();
		count(-first.size());
	}

	private void removeAll() {
		this.messages.clear();
		count(-this.bytes);
	}

	private void count(long bytes) {
		this.bytes += bytes;
		if (!this.forgotten) {
			this.histories.count(bytes);
		}
	}

	/**
	 * Return the messages up to a position.
	 * @param end the position of the last message, at most
	 * @return the messages
	 */
	public Slice upTo(Position end) {
		this.lock.lock();
		try {
			removeExpired();
			List<Delivery> slice = this.messages.stream()
				.filter((delivery) -> delivery.reached().epoch() == end.epoch() && delivery.offset() <= end.offset())
				.toList();
			return new Slice(startOf(slice), slice);
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Position startOf(List<Delivery> slice) {
		if (slice.isEmpty()) {
			return null;
		}
		Position first = slice.get(0).reached();
		return (first.offset() == 1) ? Position.start(first.epoch()) : this.start;
	}

	private void removeExpired() {
		while (!this.messages.isEmpty() && this.histories.isExpired(this.messages.element())) {
			removeFirst();
		}
	}

	/**
	 * Forget the messages as soon as no join uses them. No other join uses them from now
	 * on.
	 */
	void forget() {
		this.lock.lock();
		try {
			if (!this.forgotten) {
				this.histories.forgotten(this, this.bytes);
				this.forgotten = true;
				cancelTimerIfForgotten();
			}
			clearIfUnused();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void clearIfUnused() {
		if (this.forgotten && this.users == 0) {
			this.messages.clear();
		}
	}

	/**
	 * Return since when no join has used the messages.
	 * @return the time in the scale of the time source, or {@code null} if a join uses
	 * them
	 */
	@Nullable Long unusedSince() {
		this.lock.lock();
		try {
			return (this.users == 0) ? this.lastUse : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Messages without a gap.
	 *
	 * @param start the position before the first message, or {@code null} if it is not
	 * known
	 * @param deliveries the messages
	 */
	public record Slice(@Nullable Position start, List<Delivery> deliveries) {

		/**
		 * Return the messages after a position.
		 * @param position the position
		 * @return the messages, or {@code null} if it is not certain that they are all
		 * messages after exactly that position
		 */
		public @Nullable List<Delivery> after(Position position) {
			if (position.equals(this.start)) {
				return this.deliveries;
			}
			for (int i = 0; i < this.deliveries.size(); i++) {
				if (this.deliveries.get(i).reached().equals(position)) {
					return this.deliveries.subList(i + 1, this.deliveries.size());
				}
			}
			return null;
		}

	}

}
