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

package io.nexios.ws.broker.redis.lane;

import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs what fails on lanes, one line a minute for each subject. A line has no content of
 * a group.
 *
 * @author Nexios Team
 */
public final class LaneLog {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final TimeSource time;

	public LaneLog(TimeSource time) {
		this.time = time;
	}

	public void failed(String subject, Throwable failure) {
		String line = this.throttle.pass(subject, subject, this.time.nanoTime());
		if (line != null) {
			FailureLog.error(logger, line, failure);
		}
	}

}
