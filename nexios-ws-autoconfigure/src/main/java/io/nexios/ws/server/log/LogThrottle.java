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

package io.nexios.ws.server.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Limits the log to one line a minute about each subject, so that a flood of handshakes
 * does not become a flood of log lines.
 *
 * @param <S> the type of subjects, of which there are few
 * @author Nexios Team
 */
public final class LogThrottle<S> {

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<S, Long> loggedAt = new HashMap<>();

	private final Map<S, Long> unlogged = new HashMap<>();

	/**
	 * Count a line.
	 * @param subject the subject of the line
	 * @param line the line
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the line to log, with the number of lines that were not logged before, or
	 * {@code null} for no line
	 */
	public @Nullable String pass(S subject, String line, long now) {
		this.lock.lock();
		try {
			Long last = this.loggedAt.get(subject);
			if (last != null && now - last < INTERVAL) {
				this.unlogged.merge(subject, 1L, Long::sum);
				return null;
			}
			this.loggedAt.put(subject, now);
			Long before = this.unlogged.remove(subject);
			return line + ((before != null) ? ", and " + before + " more since this was last logged" : "");
		}
		finally {
			this.lock.unlock();
		}
	}

}
