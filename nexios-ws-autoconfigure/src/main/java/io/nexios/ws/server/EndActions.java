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

package io.nexios.ws.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done when a connection ends. Every action runs exactly once, outside the
 * lock: on the thread that ends the connection, or on the caller's if it has ended.
 *
 * @author Nexios Team
 */
final class EndActions {

	private static final Log logger = LogFactory.getLog(EndActions.class);

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable List<Runnable> actions;

	private boolean ended;

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
		run(action);
	}

	void run() {
		List<Runnable> pending;
		this.lock.lock();
		try {
			pending = (this.actions != null) ? this.actions : List.of();
			this.actions = null;
			this.ended = true;
		}
		finally {
			this.lock.unlock();
		}
		pending.forEach(EndActions::run);
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			logger.error("An action at the end of a connection failed", ex);
		}
	}

}
