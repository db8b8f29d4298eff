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

package io.nexios.ws.broker.redis.cursor;

import java.util.ArrayDeque;
import java.util.Deque;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived while Redis is asked, in the order of arrival. Those before the mark
 * had arrived before Redis was asked.
 * <p>
 * The size is limited. Beyond the limit, saved messages are replaced by one
 * {@link Arrival.Dropped}, and other messages are dropped and counted.
 *
 * @author Nexios Team
 */
final class HeldArrivals {

	private static final long MAX_SIZE = 1024 * 1024;

	/**
	 * The memory that an arrival takes in addition to its bytes.
	 */
	private static final int OVERHEAD = 256;

	private final Deque<Arrival> arrivals = new ArrayDeque<>();

	private long size;

	private int marked;

	private long dropped;

	void add(Arrival arrival) {
		if (arrival instanceof Arrival.Foreign) {
			return;
		}
		boolean fits = this.size + sizeOf(arrival) <= MAX_SIZE;
		if (fits || !(arrival instanceof Arrival.Unsaved)) {
			append(fits ? arrival : new Arrival.Dropped());
		}
		else {
			this.dropped++;
		}
	}

	private void append(Arrival arrival) {
		boolean repeated = arrival instanceof Arrival.Dropped && this.arrivals.size() > this.marked
				&& this.arrivals.getLast() instanceof Arrival.Dropped;
		if (!repeated) {
			this.size += sizeOf(arrival);
			this.arrivals.add(arrival);
		}
	}

	private static long sizeOf(Arrival arrival) {
		if (arrival instanceof Arrival.Placed placed) {
			return OVERHEAD + (long) placed.size();
		}
		return (arrival instanceof Arrival.Unsaved unsaved) ? OVERHEAD + (long) unsaved.size() : 0;
	}

	void mark() {
		this.marked = this.arrivals.size();
	}

	boolean isMarked() {
		return this.marked > 0;
	}

	@Nullable Arrival peek() {
		return this.arrivals.peek();
	}

	void remove() {
		this.size -= sizeOf(this.arrivals.remove());
		this.marked = Math.max(0, this.marked - 1);
	}

	/**
	 * Return where an epoch begins among these.
	 * @param end a position in the epoch
	 * @return the position before the first one that is not beyond the end, or
	 * {@code end}
	 */
	Position begin(Position end) {
		return this.arrivals.stream()
			.filter((arrival) -> arrival instanceof Arrival.Placed placed && placed.position().epoch() == end.epoch()
					&& placed.position().offset() <= end.offset())
			.map((arrival) -> ((Arrival.Placed) arrival).before())
			.findFirst()
			.orElse(end);
	}

	/**
	 * Return how many messages that were not saved have been dropped.
	 * @return the number
	 */
	long dropped() {
		return this.dropped;
	}

}
