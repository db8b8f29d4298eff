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

package io.nexios.ws.benchmarks.redis;

import java.util.Collection;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.benchmarks.Samples;
import io.nexios.ws.broker.redis.RedisGroupBroker;

/**
 * Publishes saved messages at random times.
 *
 * @author Nexios Team
 */
final class RandomPublisher {

	static final int RATE = 5000;

	static final int THREADS = 4;

	private static final long SEED = 1;

	private final Collection<Double> microseconds = new ConcurrentLinkedQueue<>();

	private final RedisGroupBroker broker;

	private final int messages;

	private final CountDownLatch accepted;

	RandomPublisher(RedisGroupBroker broker, int seconds) {
		this.broker = broker;
		this.messages = RATE / THREADS * seconds;
		this.accepted = new CountDownLatch(this.messages * THREADS);
	}

	/**
	 * Publish, and wait until all messages have an outcome.
	 * @return the times from publishing to the acceptance in microseconds
	 */
	Samples run() {
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(SEED + i);
			new Thread(() -> publishAll(random), "publisher-" + i).start();
		}
		try {
			this.accepted.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		return new Samples(this.microseconds);
	}

	private void publishAll(Random random) {
		double interval = 1e9 * THREADS / RATE;
		double next = 0;
		long start = System.nanoTime();
		for (int i = 0; i < this.messages; i++) {
			next += -Math.log(1 - random.nextDouble()) * interval;
			waitUntil(start + (long) next);
			publish();
		}
	}

	private static void waitUntil(long time) {
		long left = time - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = time - System.nanoTime();
		}
	}

	private void publish() {
		long start = System.nanoTime();
		this.broker.publish(Publications.create(true)).whenComplete((acceptance, failure) -> {
			this.microseconds.add((System.nanoTime() - start) / 1000.0);
			this.accepted.countDown();
		});
	}

}
