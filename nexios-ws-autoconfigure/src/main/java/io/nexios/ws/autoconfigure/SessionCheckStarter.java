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

package io.nexios.ws.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.nexios.ws.server.login.SessionCheck;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.SessionLookup;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Starts the periodic lookup of sessions, if their end is not reported or if the lookup
 * is configured.
 *
 * @author Nexios Team
 */
class SessionCheckStarter implements SmartInitializingSingleton {

	private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

	private final @Nullable Duration interval;

	private final SessionConnections connections;

	private final ObjectProvider<SessionLookup> lookups;

	private final ServerThreads threads;

	private @Nullable SessionCheck check;

	/**
	 * Create a starter.
	 * @param interval the interval between two lookups, 0 for no lookups, or {@code null}
	 * for the default
	 * @param connections the connections that end with their sessions
	 * @param lookups look up sessions
	 * @param threads the threads of the server
	 */
	SessionCheckStarter(@Nullable Duration interval, SessionConnections connections,
			ObjectProvider<SessionLookup> lookups, ServerThreads threads) {
		this.interval = interval;
		this.connections = connections;
		this.lookups = lookups;
		this.threads = threads;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.interval == null) {
			start(this.lookups.orderedStream().filter(SessionLookup::isOnlyWay).toList(), DEFAULT_INTERVAL);
		}
		else if (!this.interval.isZero()) {
			start(this.lookups.orderedStream().toList(), this.interval);
		}
	}

	private void start(List<SessionLookup> asked, Duration interval) {
		if (!asked.isEmpty()) {
			this.check = new SessionCheck(this.connections, asked, interval, this.threads);
			this.check.start();
		}
	}

}
