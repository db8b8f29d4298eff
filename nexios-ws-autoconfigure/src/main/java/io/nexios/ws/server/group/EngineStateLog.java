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

package io.nexios.ws.server.group;

import java.time.Duration;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.BrokerState.Level;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.SerialTasks;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs the state of the broker: a warning a minute at most, and when the broker works
 * again after a warning. If a change comes too early for a warning, the state is looked
 * at again a minute later. So the log does not end with a state that is over.
 *
 * @author Nexios Team
 */
final class EngineStateLog {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	// On the thread of the caller. Only tasks use the fields that are not final
	private final SerialTasks tasks = new SerialTasks(Runnable::run);

	private final TimeSource time;

	private BrokerState current = BrokerState.UP;

	private BrokerState logged = BrokerState.UP;

	private boolean looking;

	EngineStateLog(TimeSource time) {
		this.time = time;
	}

	void changed(BrokerState state) {
		this.tasks.execute(() -> change(state));
	}

	private void change(BrokerState state) {
		this.current = state;
		if (!log() && !this.looking) {
			this.looking = true;
			this.time.schedule(() -> this.tasks.execute(this::lookAgain), INTERVAL);
		}
	}

	// Does not set another timer, because it may run early, when the server stops
	private void lookAgain() {
		this.looking = false;
		log();
	}

	/**
	 * Log the current state, unless the log has it.
	 * @return whether the log has it
	 */
	private boolean log() {
		if (this.current.equals(this.logged)) {
			return true;
		}
		if (this.current.level() == Level.UP) {
			info();
			return true;
		}
		return warn();
	}

	private void info() {
		if (this.logged.level() != Level.UP) {
			logger.info("The broker of the groups is UP again");
		}
		this.logged = this.current;
	}

	private boolean warn() {
		String line = this.throttle.pass("state",
				"The broker of the groups is " + this.current.level() + ": " + this.current.reason(),
				this.time.nanoTime());
		if (line == null) {
			return false;
		}
		logger.warn(line);
		this.logged = this.current;
		return true;
	}

}
