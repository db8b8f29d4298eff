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

package io.nexios.ws.testsupport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import org.awaitility.Awaitility;

/**
 * A repeated step on a separate thread. It may block because the other side does not
 * read.
 *
 * @author Nexios Team
 */
public final class Flood {

	private static final Duration HALT = Duration.ofMillis(700);

	private final AtomicInteger count = new AtomicInteger();

	private final CompletableFuture<Integer> end = new CompletableFuture<>();

	private Flood() {
	}

	/**
	 * Start.
	 * @param times how often
	 * @param step what to do, given the number of times it was done before
	 * @return the flood
	 */
	public static Flood start(int times, IntConsumer step) {
		Flood flood = new Flood();
		Thread thread = new Thread(() -> flood.run(times, step), "flood");
		thread.setDaemon(true);
		thread.start();
		return flood;
	}

	private void run(int times, IntConsumer step) {
		try {
			for (int i = 0; i < times; i++) {
				step.accept(i);
				this.count.incrementAndGet();
			}
			this.end.complete(times);
		}
		catch (Throwable ex) {
			this.end.completeExceptionally(ex);
		}
	}

	/**
	 * Wait until there is no progress.
	 * @return how often it was done until then
	 */
	public int awaitHalt() {
		return awaitHalt(this.count);
	}

	/**
	 * Wait until a count does not grow.
	 * @param count the count
	 * @return the count
	 */
	public static int awaitHalt(AtomicInteger count) {
		AtomicInteger last = new AtomicInteger(-1);
		Awaitility.await("a halt")
			.atMost(RawWs.TIMEOUT)
			.pollDelay(HALT)
			.pollInterval(HALT)
			.until(() -> last.getAndSet(count.get()) == count.get());
		return count.get();
	}

	/**
	 * Wait until it was done as often as it should be.
	 */
	public void awaitEnd() {
		awaitEnd(RawWs.TIMEOUT);
	}

	/**
	 * Wait until it was done as often as it should be.
	 * @param timeout how long that may take
	 */
	public void awaitEnd(Duration timeout) {
		Awaitility.await("the end").atMost(timeout).until(this.end::isDone);
		Outcome.waitFor(this.end);
	}

}
