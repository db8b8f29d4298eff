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

import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.ticket.TicketObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells the observers of the server what happens to tickets. Tickets that cannot be read
 * are logged, because something is wrong on a node or in the store.
 *
 * @author Nexios Team
 */
final class TicketOutcomes implements TicketObserver {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final ServerObserver observer;

	TicketOutcomes(ServerObserver observer) {
		this.observer = observer;
	}

	@Override
	public void issued() {
		this.observer.ticket("issued");
	}

	@Override
	public void redeemed() {
		this.observer.ticket("redeemed");
	}

	@Override
	public void refused() {
		this.observer.ticket("refused");
	}

	@Override
	public void unreadable(@Nullable Throwable cause) {
		this.observer.ticket("unreadable");
		String reason = (cause != null) ? cause.getClass().getName() : "it was written in another way";
		String line = this.throttle.pass("unreadable",
				"A ticket was refused, because what another node has kept for it cannot be read: " + reason,
				System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

}
