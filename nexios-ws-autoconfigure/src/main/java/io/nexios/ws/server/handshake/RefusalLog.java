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

package io.nexios.ws.server.handshake;

import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs that handshakes are refused, and why.
 *
 * @author Nexios Team
 */
public final class RefusalLog {

	private static final Log logger = LogFactory.getLog(Loggers.LIMITS);

	private final LogThrottle<Refusal> throttle = new LogThrottle<>();

	public void refused(Refusal refusal) {
		String line = line(refusal, System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

	/**
	 * Count a refusal.
	 * @param refusal the reason
	 * @param now the time, in the scale of {@link System#nanoTime()}
	 * @return the line to log, or {@code null} for none
	 */
	@Nullable String line(Refusal refusal, long now) {
		return (refusal != Refusal.STOPPING)
				? this.throttle.pass(refusal,
						"Refused a handshake with " + refusal.status().value() + " '" + refusal.detail() + "'", now)
				: null;
	}

}
