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

package io.nexios.ws.server.thread;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads that callbacks of consumers run on: a fixed number that work, and
 * one more for each thread that waits for a peer.
 *
 * @author Nexios Team
 */
final class ConsumerThreads extends ThreadPoolExecutor {

	private static final String PREFIX = "nexios-ws-consumer-";

	private final int working;

	/**
	 * Create the threads.
	 * @param working the number of threads that work
	 * @param maxWaiting the maximum number of threads that wait, in addition
	 */
	ConsumerThreads(int working, int maxWaiting) {
		// There are at most as many tasks as connections, because each connection has one
		// task at a time
		super(working, (int) Math.min(Integer.MAX_VALUE, (long) working + maxWaiting), 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), DetachedThreads.platform(PREFIX, ConsumerThread::new));
		this.working = working;
		allowCoreThreadTimeOut(true);
	}

	/**
	 * Replace the waiting threads, as soon as there is work for other threads.
	 * @param waiting the number of waiting threads
	 */
	void replace(int waiting) {
		setCorePoolSize(this.working + waiting);
	}

	/**
	 * Return whether callbacks wait for a thread.
	 * @return whether they do
	 */
	boolean areShort() {
		return !getQueue().isEmpty();
	}

	static boolean isCurrent() {
		return Thread.currentThread() instanceof ConsumerThread;
	}

	private static final class ConsumerThread extends Thread {

		ConsumerThread(Runnable task, String name) {
			super(null, task, name, 0, false);
		}

	}

}
