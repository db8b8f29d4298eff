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

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs that handshakes are refused, at most once a minute for each reason, as a flood of
 * handshakes is not to become one of lines.
 *
 * @author Nexios Team
 */
final class RefusalLog {

	private static final Log logger = LogFactory.getLog(RefusalLog.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Refusal, Long> loggedAt = new EnumMap<>(Refusal.class);

	private final Map<Refusal, Long> unlogged = new EnumMap<>(Refusal.class);

	void refused(Refusal refusal) {
		String line = line(refusal, System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

	/**
	 * Count a refusal.
	 * @param refusal the reason
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return what is to be logged, or {@code null} for nothing
	 */
	@Nullable String line(Refusal refusal, long now) {
		if (refusal == Refusal.STOPPING) {
			return null;
		}
		this.lock.lock();
		try {
			Long last = this.loggedAt.get(refusal);
			if (last != null && now - last < INTERVAL) {
				this.unlogged.merge(refusal, 1L, Long::sum);
				return null;
			}
			this.loggedAt.put(refusal, now);
			Long before = this.unlogged.remove(refusal);
			return "Refused a handshake with " + refusal.status().value() + " '" + refusal.detail() + "'"
					+ ((before != null) ? ", and " + before + " more since this was last logged" : "");
		}
		finally {
			this.lock.unlock();
		}
	}

}
