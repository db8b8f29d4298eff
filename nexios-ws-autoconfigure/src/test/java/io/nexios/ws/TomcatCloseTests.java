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

package io.nexios.ws;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends of connections that only Tomcat tells apart: to Jetty a reset is like the end of
 * the stream.
 *
 * @author Nexios Team
 */
class TomcatCloseTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@Test
	void aPeerThatVanishesAfterTheCloseEndsWith1006() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			client.abort();
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

}
