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

package io.nexios.ws.server.login;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.SessionLookup;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Checks whether sessions in which connections were opened have ended. Each session is
 * looked up once in an interval, and the look-ups are spread evenly over the interval.
 * The clock only decides which sessions are due. Separate threads look them up.
 * <p>
 * A session that has ended is looked up once more before its connections are closed,
 * because a session whose id is just being changed has no entry in its store for a
 * moment. A look-up that gives no answer, or takes too long, closes no connection.
 *
 * @author Nexios Team
 */
public final class SessionCheck {

	private static final Log logger = LogFactory.getLog(Loggers.SESSIONS);

	// Enough for tens of thousands of sessions in a minute, and few enough for the
	// connection pool of the store
	private static final int LOOKUPS = 8;

	private static final Duration SHORTEST_STEP = Duration.ofMillis(100);

	private static final int MOST_STEPS = 60;

	// The time that a request may take from the change of its session's id to its
	// response
	private static final Duration LONGEST_DOUBT = Duration.ofSeconds(10);

	// An answer that took longer is out of date
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("nexios-ws-session-");

	private final Semaphore lookups = new Semaphore(LOOKUPS);

	private final Queue<Due> due = new ConcurrentLinkedQueue<>();

	private final Map<Due, Long> running = new ConcurrentHashMap<>();

	private final LogThrottle<Class<?>> throttle = new LogThrottle<>();

	private final SessionConnections connections;

	private final List<SessionLookup> sessions;

	private final Duration interval;

	private final ServerThreads threads;

	// Used only by the clock

	private final Queue<String> remaining = new ArrayDeque<>();

	private int step;

	private int portion;

	/**
	 * Create a check.
	 * @param connections the connections that end with their sessions
	 * @param sessions look sessions up. One of them is enough to end a session
	 * @param interval the time between two look-ups of a session
	 * @param threads the threads of the server
	 */
	public SessionCheck(SessionConnections connections, List<SessionLookup> sessions, Duration interval,
			ServerThreads threads) {
		this.connections = connections;
		this.sessions = List.copyOf(sessions);
		this.interval = interval;
		this.threads = threads;
		this.executor.setDaemon(true);
		this.executor.setVirtualThreads(threads.tasksMayBlock());
	}

	/**
	 * Check sessions from now on, until the server stops.
	 */
	public void start() {
		this.threads.scheduleRepeatedly(this::tick, this.interval.dividedBy(steps()));
	}

	private int steps() {
		long steps = this.interval.dividedBy(SHORTEST_STEP);
		return (int) Math.max(1, Math.min(MOST_STEPS, steps));
	}

	void tick() {
		if (this.step == 0 && this.due.isEmpty()) {
			this.remaining.addAll(this.connections.sessionIds());
			this.portion = (this.remaining.size() + steps() - 1) / steps();
		}
		this.step = (this.step + 1) % steps();
		for (int i = 0; i < this.portion && !this.remaining.isEmpty(); i++) {
			this.due.add(new Due(this.remaining.remove(), false));
		}
		askForAllThatAreDue();
		warnIfSlow();
	}

	private void askForAllThatAreDue() {
		while (!this.due.isEmpty() && this.lookups.tryAcquire()) {
			this.executor.execute(this::askInTurn);
		}
	}

	private void askInTurn() {
		try {
			for (Due next = this.due.poll(); next != null; next = this.due.poll()) {
				ask(next);
			}
		}
		finally {
			this.lookups.release();
		}
	}

	private void ask(Due next) {
		long start = System.nanoTime();
		if (this.running.putIfAbsent(next, start) != null) {
			// The last look-up of this session is still running
			return;
		}
		try {
			boolean ended = this.sessions.stream().anyMatch((lookup) -> lookup.hasEnded(next.id()));
			if (ended && !isSlow(start)) {
				ended(next);
			}
		}
		catch (Throwable ex) {
			warn(ex.getClass(), "because the look-up fails with " + ex.getClass().getName(), ex);
		}
		finally {
			this.running.remove(next);
		}
	}

	private void ended(Due next) {
		if (next.again()) {
			this.connections.endSession(next.id());
			return;
		}
		Duration doubt = (this.interval.compareTo(LONGEST_DOUBT) < 0) ? this.interval : LONGEST_DOUBT;
		this.threads.scheduleUnlessStopped(() -> {
			this.due.add(new Due(next.id(), true));
			askForAllThatAreDue();
		}, doubt);
	}

	private void warnIfSlow() {
		if (this.running.values().stream().anyMatch(SessionCheck::isSlow)) {
			warn(SessionCheck.class, "because a look-up takes more than " + PATIENCE.toSeconds() + " s", null);
		}
	}

	private static boolean isSlow(long start) {
		return System.nanoTime() - start > PATIENCE.toNanos();
	}

	private void warn(Class<?> subject, String reason, @Nullable Throwable failure) {
		String line = this.throttle.pass(subject,
				"Cannot tell whether HTTP sessions have ended, so their connections stay open, " + reason,
				System.nanoTime());
		if (line != null) {
			logger.warn(line);
			logger.debug("The last failure", failure);
		}
	}

	/**
	 * A session that is due for a look-up.
	 *
	 * @param id its id
	 * @param again whether an earlier look-up has found that it has ended
	 */
	private record Due(String id, boolean again) {

	}

}
