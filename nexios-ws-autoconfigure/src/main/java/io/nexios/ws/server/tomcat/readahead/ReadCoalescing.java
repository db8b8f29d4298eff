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

package io.nexios.ws.server.tomcat.readahead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Lets the tasks of sockets wait for more data while their peers are sending, and starts
 * the tasks together.
 * <p>
 * A peer that sends several messages in a row is reported with the first of them. If they
 * are read at once, they come in pieces. Each piece costs as much as all of them
 * together: system calls, threads that are woken, a write. A server that is busy with
 * other peers loses nothing if it processes the other peers first. If tasks start
 * together, the threads they run on do not go to sleep in between. Network cards delay
 * their interrupts for the same reason.
 * <p>
 * <b>How long.</b> The wait is counted in reports of all sockets, because reports show
 * that there is other work. The first task that waits decides for all. Reports have
 * numbers, and {@link Pace} has the numbers of the last two reports of a socket. The
 * older number is subtracted from the number of the current report. The task waits for an
 * eighth of the difference, so that only a few tasks wait at a time. But it waits for no
 * more reports than come in a millisecond at the rate of this period. If there is little
 * work, this is less than one report, and the task starts at once. If the reports stop, a
 * virtual thread starts the tasks after two milliseconds.
 * <p>
 * The lock guards the fields of this class and of {@link Pace}. No task is started while
 * the lock is held.
 *
 * @author Nexios Team
 */
final class ReadCoalescing {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	private static final int SHARE = 8;

	private static final long EXPECTED_NANOS = Duration.ofMillis(1).toNanos();

	private static final long MAX_NANOS = Duration.ofMillis(2).toNanos();

	private final ReentrantLock lock = new ReentrantLock();

	private final Executor executor;

	private final LongSupplier nanoTime;

	private List<Runnable> waiting = new ArrayList<>();

	private long dueReport;

	private long dueTime;

	private long reports;

	private boolean watched;

	/**
	 * Create the coalescing of a connector.
	 * @param executor runs each task on a thread of its own
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 */
	ReadCoalescing(Executor executor, LongSupplier nanoTime) {
		this.executor = executor;
		this.nanoTime = nanoTime;
	}

	/**
	 * Start the task of a reported socket, now or soon.
	 * @param task the task
	 * @param pace the last reports of the socket
	 * @param sendsOn whether its peer sends without waiting for answers
	 * @throws RejectedExecutionException if the server has stopped
	 */
	void execute(Runnable task, Pace pace, boolean sendsOn) {
		if (!addIfToWait(task, pace, sendsOn)) {
			this.executor.execute(task);
		}
		else if (startToWatch()) {
			this.executor.execute(this::watch);
		}
		start(takeDue());
	}

	private boolean addIfToWait(Runnable task, Pace pace, boolean sendsOn) {
		this.lock.lock();
		try {
			long now = this.nanoTime.getAsLong();
			this.reports++;
			long count = sendsOn ? pace.reportsToWait(this.reports, now) : 0;
			pace.reported(this.reports, now);
			if (count > 0) {
				add(task, count, now);
			}
			return count > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void add(Runnable task, long count, long now) {
		if (this.waiting.isEmpty()) {
			this.dueReport = this.reports + count;
			this.dueTime = now + MAX_NANOS;
		}
		this.waiting.add(task);
	}

	private boolean startToWatch() {
		this.lock.lock();
		try {
			boolean unwatched = !this.watched;
			this.watched = true;
			return unwatched;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Runnable> takeDue() {
		this.lock.lock();
		try {
			if (this.waiting.isEmpty() || !isDue()) {
				return List.of();
			}
			List<Runnable> due = this.waiting;
			this.waiting = new ArrayList<>();
			return due;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isDue() {
		return this.reports >= this.dueReport || nanosToDue() <= 0;
	}

	private long nanosToDue() {
		return this.dueTime - this.nanoTime.getAsLong();
	}

	private void start(List<Runnable> tasks) {
		for (Runnable task : tasks) {
			try {
				this.executor.execute(task);
			}
			catch (RejectedExecutionException | OutOfMemoryError ex) {
				// The failure concerns neither the reported socket nor the tasks after
				// this one. The socket of this task is closed when Tomcat stops, or when
				// its peer seems silent
				logger.debug("Cannot start a task that has waited", ex);
			}
		}
	}

	private void watch() {
		long nanos = nanosToWatch();
		while (nanos > 0) {
			LockSupport.parkNanos(this, nanos);
			start(takeDue());
			nanos = nanosToWatch();
		}
	}

	/**
	 * Return the time until the next check for tasks that have waited long enough.
	 * @return the time in nanoseconds, or 0 if no task waits and no thread watches any
	 * more
	 */
	private long nanosToWatch() {
		this.lock.lock();
		try {
			this.watched = !this.waiting.isEmpty();
			return this.watched ? Math.max(1, nanosToDue()) : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The last two reports of a socket. One is not enough: of messages that come in
	 * pieces, the second piece is reported soon after the first.
	 */
	static final class Pace {

		private long lastReport;

		private long lastTime;

		private long reportBefore;

		private long timeBefore;

		private long reportsToWait(long report, long now) {
			if (this.reportBefore == 0) {
				return 0;
			}
			long between = report - this.reportBefore;
			long nanos = Math.max(1, now - this.timeBefore);
			return Math.min(between / SHARE, between * EXPECTED_NANOS / nanos);
		}

		private void reported(long report, long now) {
			this.reportBefore = this.lastReport;
			this.timeBefore = this.lastTime;
			this.lastReport = report;
			this.lastTime = now;
		}

	}

}
