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

package io.nexios.ws.hostile;

import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients that vanish as soon as they have sent their handshake.
 *
 * @author Nexios Team
 */
class AbandonedHandshakeSocketTests {

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("nexios.ws.handler.max-threads=20",
			"nexios.ws.accept-timeout=60s");

	@Test
	void handlersOfClientsThatHaveGoneDoNotWaitForThem() {
		server.serveEcho();
		for (int i = 0; i < 100; i++) {
			RawWs client = server.handshake().send();
			client.abort();
		}
		server.awaitGivenUp(0);
		server.verifyOthersAreServed();
	}

}
