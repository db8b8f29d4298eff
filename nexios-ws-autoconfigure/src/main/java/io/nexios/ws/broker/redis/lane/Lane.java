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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.server.thread.SerialRun;

/**
 * Runs tasks one after the other, in the order in which they were added. Everything that
 * belongs to a group is used by the tasks of one lane only, so it needs no lock.
 * <p>
 * Messages and calls are refused if 8 MB are waiting. Other tasks are always taken: there
 * is one for each answer of Redis, each timer and each change of a connection. A task
 * that fails does not stop the lane.
 *
 * @author Nexios Team
 */
public final class Lane {

	static final long MAX_WAITING = 8 * 1024 * 1024;

	private static final int TASKS_PER_RUN = 256;

	private final Queue<LaneTask> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicLong waiting = new AtomicLong();

	private final SerialRun run = SerialRun.idle();

	private final Executor executor;

	private final LaneLog log;

	public Lane(Executor executor, LaneLog log) {
		this.executor = executor;
		this.log = log;
	}

	/**
	 * Add a task, unless too much is waiting.
	 * @param task the task
	 * @return whether it was added
	 */
	public boolean offer(LaneTask task) {
		int size = task.size();
		if (this.waiting.addAndGet(size) > MAX_WAITING) {
			this.waiting.addAndGet(-size);
			return false;
		}
		add(task);
		return true;
	}

	/**
	 * Add a task.
	 * @param task the task
	 */
	public void execute(LaneTask task) {
		this.waiting.addAndGet(task.size());
		add(task);
	}

	private void add(LaneTask task) {
		this.tasks.add(task);
		if (this.run.signal()) {
			start();
		}
	}

	private void start() {
		try {
			this.executor.execute(this::run);
		}
		catch (Throwable ex) {
			this.log.failed("Cannot get a thread for the messages of groups", ex);
			stop();
		}
	}

	// The tasks wait for the next one, which starts a run again
	private void stop() {
		boolean stopped = false;
		while (!stopped) {
			stopped = this.run.end(this.run.begin());
		}
	}

	private void run() {
		int seen = this.run.begin();
		boolean more = runSome();
		if (more || !this.run.end(seen)) {
			start();
		}
	}

	private boolean runSome() {
		for (int i = 0; i < TASKS_PER_RUN; i++) {
			LaneTask task = this.tasks.poll();
			if (task == null) {
				return false;
			}
			this.waiting.addAndGet(-task.size());
			run(task);
		}
		return true;
	}

	private void run(LaneTask task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.log.failed("Cannot handle what has come from Redis for a group", ex);
		}
	}

	/**
	 * Return how much is waiting.
	 * @return the number of bytes
	 */
	long waiting() {
		return this.waiting.get();
	}

}
