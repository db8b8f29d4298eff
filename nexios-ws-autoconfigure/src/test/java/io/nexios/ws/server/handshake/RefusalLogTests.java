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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Refusals are logged by their reason.
 *
 * @author Nexios Team
 */
class RefusalLogTests {

	private final RefusalLog log = new RefusalLog();

	@Test
	void firstRefusalIsLogged() {
		assertThat(this.log.line(Refusal.ADDRESS_CONNECTIONS, 0))
			.isEqualTo("Refused a handshake with 429 'Too many connections from this address'");
	}

	@Test
	void sameReasonIsNotLoggedAgainAtOnce() {
		this.log.line(Refusal.CONNECTIONS, 0);
		assertThat(this.log.line(Refusal.CONNECTIONS, 1)).isNull();
	}

	@Test
	void eachReasonIsLogged() {
		this.log.line(Refusal.CONNECTIONS, 0);
		assertThat(this.log.line(Refusal.HANDSHAKE_RATE, 0)).isNotNull();
	}

	@Test
	void serverThatStopsIsNoNews() {
		assertThat(this.log.line(Refusal.STOPPING, 0)).isNull();
	}

}
