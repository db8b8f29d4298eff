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

package io.nexios.ws.broker.redis.lettuce;

import java.util.concurrent.Executor;

import io.nexios.ws.server.thread.SerialRun;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is queued, in the order of the queue. Two things would change this order:
 * two threads that take from the queue at the same time, and writes of the thread that
 * reads from Redis, because they overtake those that other threads have handed to it. So
 * there is only one flush at a time, and the reading thread leaves it to an executor.
 * <p>
 * A thread that finds no flush under way flushes itself, once. If more has come
 * meanwhile, the executor continues.
 *
 * @author Nexios Team
 */
final class RequestFlusher {

	private final SerialRun run = SerialRun.idle();

	private final Runnable write;

	private final Executor executor;

	private volatile @Nullable Thread reader;

	/**
	 * Create a flusher.
	 * @param write writes all that is queued
	 * @param executor has other threads than the one that reads from Redis
	 */
	RequestFlusher(Runnable write, Executor executor) {
		this.write = write;
		this.executor = executor;
	}

	/**
	 * Remember that the current thread reads from Redis.
	 */
	void onReader() {
		Thread current = Thread.currentThread();
		if (this.reader != current) {
			this.reader = current;
		}
	}

	void flush() {
		if (!this.run.signal()) {
			return;
		}
		if (Thread.currentThread() == this.reader) {
			this.executor.execute(this::flushAll);
			return;
		}
		if (!flushOnce()) {
			this.executor.execute(this::flushAll);
		}
	}

	private void flushAll() {
		boolean over = flushOnce();
		while (!over) {
			over = flushOnce();
		}
	}

	private boolean flushOnce() {
		int seen = this.run.begin();
		this.write.run();
		return this.run.end(seen);
	}

}
