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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines about one subject are one a minute.
 *
 * @author Nexios Team
 */
class LogThrottleTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final LogThrottle<String> throttle = new LogThrottle<>();

	@Test
	void firstLinePasses() {
		assertThat(this.throttle.pass("/chat", "Too late", 0)).isEqualTo("Too late");
	}

	@Test
	void othersAreCountedUntilAMinuteHasPassed() {
		this.throttle.pass("/chat", "Too late", 0);
		assertThat(this.throttle.pass("/chat", "Too late", 1)).isNull();
		assertThat(this.throttle.pass("/chat", "Too late", MINUTE - 1)).isNull();
		assertThat(this.throttle.pass("/chat", "Too late", MINUTE))
			.isEqualTo("Too late, and 2 more since this was last logged");
		assertThat(this.throttle.pass("/chat", "Too late", 2 * MINUTE)).isEqualTo("Too late");
	}

	@Test
	void lineAboutAnotherSubjectPasses() {
		this.throttle.pass("/chat", "Too late", 0);
		assertThat(this.throttle.pass("/news", "Too late", 1)).isEqualTo("Too late");
	}

}
