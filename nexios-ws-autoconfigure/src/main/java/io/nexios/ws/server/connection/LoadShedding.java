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

package io.nexios.ws.server.connection;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.outbound.OutboundLoad;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Brings the {@link OutboundBudget} back below its limit. First it drops messages of
 * connections with a drop policy. It starts with the slowest peers, or, if no peer is
 * slow, with those for which the most bytes wait. If that is not enough, it closes
 * connections in the same order. Meanwhile handshakes are refused.
 * <p>
 * It runs as a task, one at a time, so that it does not delay senders. If one run is not
 * enough, the sweeper starts another one.
 *
 * @author Nexios Team
 */
final class LoadShedding {

	private static final Log logger = LogFactory.getLog(Loggers.LIMITS);

	private final AtomicBoolean running = new AtomicBoolean();

	private final OutboundBudget budget;

	private final ConnectionRegistry connections;

	private final ServerThreads threads;

	LoadShedding(OutboundBudget budget, ConnectionRegistry connections, ServerThreads threads) {
		this.budget = budget;
		this.connections = connections;
		this.threads = threads;
		budget.whenExcessive(this::start);
	}

	private void start() {
		if (this.running.compareAndSet(false, true)) {
			startRun();
		}
	}

	private void startRun() {
		try {
			this.threads.execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			// The server has stopped, and all connections are closed anyway
			this.running.set(false);
		}
		catch (Error ex) {
			// No memory for a thread. The sweeper tries again
			this.running.set(false);
			throw ex;
		}
	}

	private void run() {
		try {
			shed();
		}
		finally {
			this.running.set(false);
		}
	}

	private void shed() {
		List<Waiting> slowest = slowestFirst();
		for (Waiting waiting : slowest) {
			if (!this.budget.isExcessive()) {
				return;
			}
			waiting.open().outbound().shed();
		}
		close(slowest);
	}

	private List<Waiting> slowestFirst() {
		long now = System.nanoTime();
		return this.connections.all()
			.stream()
			.map(Connection::open)
			.filter(Objects::nonNull)
			.map((open) -> new Waiting(open, open.outbound().load(now)))
			.filter((waiting) -> waiting.load().messages() > 0)
			.sorted(Waiting.SLOWEST_FIRST)
			.toList();
	}

	private void close(List<Waiting> slowest) {
		int closed = 0;
		while (closed < slowest.size() && this.budget.isExcessive()) {
			slowest.get(closed).open().closing().tooSlow(Limit.OUTBOUND_TOTAL);
			closed++;
		}
		if (closed > 0) {
			logger.warn("Too many bytes wait for all peers together: closed the " + closed + " slowest of "
					+ this.connections.all().size() + " connections with 1013");
		}
	}

	/**
	 * A connection with messages that wait for its peer.
	 *
	 * @param open the connection
	 * @param load the waiting messages and their age
	 */
	private record Waiting(OpenConnection open, OutboundLoad load) {

		private static final Comparator<Waiting> SLOWEST_FIRST = Comparator
			.<Waiting, Duration>comparing((waiting) -> waiting.load().age())
			.thenComparing((waiting) -> waiting.load().bytes())
			.reversed();

	}

}
