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

import io.nexios.ws.server.thread.ServerThreads;

/**
 * The tasks that run handlers and callbacks of users, with all that follows from their
 * end.
 *
 * @author Nexios Team
 */
public final class RunningHandlers {

	private final ServerThreads threads;

	public RunningHandlers(ServerThreads threads) {
		this.threads = threads;
	}

	/**
	 * Return whether there are none. What the end of one has logged is in the log then.
	 * @return whether no task runs or waits for a thread
	 */
	public boolean haveEnded() {
		return this.threads.userTasks().isEmpty();
	}

}
