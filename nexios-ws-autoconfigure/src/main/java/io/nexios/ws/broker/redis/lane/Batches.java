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

package io.nexios.ws.broker.redis.lane;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

import io.nexios.ws.spi.TimeSource;

/**
 * Sends what waits together. There is a limit to the size of a batch, and to the number
 * of batches that have no answer. What is added while there are fewer is sent at once,
 * without a timer. The rest waits here, so Redis never has more to do than it can answer
 * in time. What waits twice is sent once. Used by one lane.
 *
 * @param <T> the type of what is sent
 * @author Nexios Team
 */
public final class Batches<T> {

	private final Map<T, Long> waiting = new LinkedHashMap<>();

	private final Lane lane;

	private final TimeSource time;

	private final int size;

	private final int mostInFlight;

	private final Predicate<T> wanted;

	private final Function<List<T>, CompletionStage<?>> request;

	private int inFlight;

	/**
	 * Create batches.
	 * @param lane the lane
	 * @param time the time
	 * @param size the largest size of a batch
	 * @param mostInFlight how many batches may be without an answer
	 * @param wanted whether something is still to be sent. If not, it is dropped
	 * @param request sends a batch. The stage completes with the answer or the failure
	 */
	public Batches(Lane lane, TimeSource time, int size, int mostInFlight, Predicate<T> wanted,
			Function<List<T>, CompletionStage<?>> request) {
		this.lane = lane;
		this.time = time;
		this.size = size;
		this.mostInFlight = mostInFlight;
		this.wanted = wanted;
		this.request = request;
	}

	/**
	 * Add something that {@link #send()} sends.
	 * @param item the item to send
	 */
	public void add(T item) {
		this.waiting.putIfAbsent(item, this.time.nanoTime());
	}

	/**
	 * Send what waits, as far as the limit permits.
	 */
	public void send() {
		while (this.inFlight < this.mostInFlight && !this.waiting.isEmpty()) {
			List<T> batch = take();
			if (!batch.isEmpty()) {
				send(batch);
			}
		}
	}

	private List<T> take() {
		List<T> taken = new ArrayList<>(Math.min(this.size, this.waiting.size()));
		Iterator<T> waiting = this.waiting.keySet().iterator();
		while (taken.size() < this.size && waiting.hasNext()) {
			T item = waiting.next();
			waiting.remove();
			if (this.wanted.test(item)) {
				taken.add(item);
			}
		}
		return taken;
	}

	private void send(List<T> batch) {
		this.inFlight++;
		this.request.apply(batch).whenComplete((answer, failure) -> this.lane.execute(this::answered));
	}

	private void answered() {
		this.inFlight--;
		send();
	}

	/**
	 * Remove what has waited for too long.
	 * @param now the time in nanoseconds
	 * @param limit how long something may wait, in nanoseconds
	 * @param limited whether the limit applies to something
	 * @return what was removed, the oldest first
	 */
	public List<T> expire(long now, long limit, Predicate<T> limited) {
		List<T> expired = new ArrayList<>();
		Iterator<Map.Entry<T, Long>> waiting = this.waiting.entrySet().iterator();
		boolean old = true;
		while (old && waiting.hasNext()) {
			Map.Entry<T, Long> next = waiting.next();
			old = now - next.getValue() >= limit;
			if (old && limited.test(next.getKey())) {
				waiting.remove();
				expired.add(next.getKey());
			}
		}
		return expired;
	}

	/**
	 * Drop what waits.
	 */
	public void clear() {
		this.waiting.clear();
	}

}
