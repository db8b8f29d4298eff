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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks at all connections at regular intervals for what nobody else would notice,
 * because it consists in nothing happening.
 *
 * @author Nexios Team
 */
final class ConnectionSweeper {

	private static final Log logger = LogFactory.getLog(ConnectionSweeper.class);

	private final ConnectionRegistry registry;

	private final LoadShedding loadShedding;

	ConnectionSweeper(ConnectionRegistry registry, LoadShedding loadShedding) {
		this.registry = registry;
		this.loadShedding = loadShedding;
	}

	void start(ServerThreads threads, ServerSettings settings) {
		threads.scheduleRepeatedly(this::sweep,
				CheckInterval.of(settings.outbound().maxAge(), settings.heartbeat().interval(),
						settings.heartbeat().timeout(), settings.limits().messageTime(), settings.close().timeout(),
						settings.close().maxTime()));
	}

	private void sweep() {
		this.loadShedding.checkLoad();
		long now = System.nanoTime();
		for (Connection connection : this.registry.all()) {
			try {
				connection.checkTime(now);
			}
			catch (Throwable ex) {
				// Whatever it was, the others are to be checked, too, now and the next
				// time
				logger.error("Cannot check connection " + connection.id(), ex);
			}
		}
	}

}
