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
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.thread.CheckInterval;
import io.nexios.ws.server.thread.Punctuality;
import io.nexios.ws.server.thread.Punctuality.Sweep;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Checks all connections at regular intervals. It finds peers that do not read, answer or
 * send, which no other thread would notice. Time in which the server did not run does not
 * count against peers, see {@link Punctuality}.
 *
 * @author Nexios Team
 */
public final class ConnectionSweeper {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private final ConnectionRegistry registry;

	private final OutboundBudget budget;

	private final LongSupplier nanoTime;

	private final Duration interval;

	private final Punctuality punctuality;

	private final ServerThreads threads;

	/**
	 * Create a sweeper.
	 * @param environment the objects that all connections share
	 * @param registry the open connections
	 * @param budget counts the bytes that wait for all peers together
	 * @param nanoTime the time, in the scale of {@link System#nanoTime()}
	 */
	public ConnectionSweeper(ServerEnvironment environment, ConnectionRegistry registry, OutboundBudget budget,
			LongSupplier nanoTime) {
		ServerSettings settings = environment.settings();
		Duration maxAge = settings.outbound().maxAge();
		Duration timeout = settings.heartbeat().timeout();
		Duration messageTime = settings.limits().messageTime();
		this.registry = registry;
		this.budget = budget;
		this.nanoTime = nanoTime;
		this.interval = CheckInterval.of(maxAge, settings.heartbeat().interval(), timeout, messageTime,
				settings.close().timeout(), settings.close().maxTime());
		this.punctuality = new Punctuality(this.interval, Collections.max(List.of(maxAge, timeout, messageTime)),
				nanoTime.getAsLong());
		this.threads = environment.threads();
	}

	public void start() {
		this.threads.scheduleRepeatedly(this::sweep, this.interval);
	}

	void sweep() {
		Sweep sweep = this.punctuality.begin(this.nanoTime.getAsLong(), this.threads.progress());
		if (sweep.judging()) {
			this.budget.check();
		}
		for (Connection connection : this.registry.all()) {
			try {
				check(connection, sweep);
			}
			catch (Throwable ex) {
				// After any failure, the other connections must still be checked, now and
				// in the next sweep
				logger.error("Cannot check connection " + connection.id(), ex);
			}
		}
	}

	private static void check(Connection connection, Sweep sweep) {
		OpenConnection open = connection.open();
		if (open != null) {
			check(open.check(), sweep);
		}
	}

	private static void check(ConnectionCheck check, Sweep sweep) {
		if (sweep.unread() > 0) {
			check.excuse(sweep.unwritten(), sweep.unread(), sweep.now());
		}
		if (sweep.judging()) {
			check.check(sweep.now());
		}
	}

}
