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

package io.nexios.ws.server.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions when a connection ends. Every action runs exactly once, and outside the
 * lock. It runs on the thread that ends the connection, or on the caller's thread if the
 * connection has ended already. If an action fails, the others still run.
 * <p>
 * Several threads may end a connection at the same time. The first of them takes the
 * actions and runs them. The last action has to run after all others. So each thread
 * counts itself, and the thread that leaves last runs the last action.
 *
 * @author Nexios Team
 */
final class EndActions {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private final ReentrantLock lock = new ReentrantLock();

	private final Object owner;

	private @Nullable List<Runnable> actions;

	private @Nullable Runnable last;

	private int running;

	private boolean ended;

	EndActions(Object owner) {
		this.owner = owner;
	}

	void add(Runnable action) {
		this.lock.lock();
		try {
			if (!this.ended) {
				if (this.actions == null) {
					this.actions = new ArrayList<>(2);
				}
				this.actions.add(action);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		action.run();
	}

	/**
	 * Run all actions, and after all of them the last action. To be called once.
	 * @param last the last action, which may run on another thread that is running
	 * actions
	 */
	void runAllAndThen(Runnable last) {
		this.lock.lock();
		try {
			this.last = last;
		}
		finally {
			this.lock.unlock();
		}
		run();
	}

	void run() {
		enter().forEach(this::run);
		Runnable last = leave();
		if (last != null) {
			run(last);
		}
	}

	private List<Runnable> enter() {
		this.lock.lock();
		try {
			List<Runnable> pending = (this.actions != null) ? this.actions : List.of();
			this.actions = null;
			this.ended = true;
			this.running++;
			return pending;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Runnable leave() {
		this.lock.lock();
		try {
			this.running--;
			Runnable last = (this.running == 0) ? this.last : null;
			if (last != null) {
				this.last = null;
			}
			return last;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			FailureLog.error(logger, "An action failed at the end of " + this.owner, ex);
		}
	}

}
