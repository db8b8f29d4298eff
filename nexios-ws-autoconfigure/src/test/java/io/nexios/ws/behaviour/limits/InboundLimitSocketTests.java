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

package io.nexios.ws.behaviour.limits;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The smallest possible limits for messages that wait for their handler.
 *
 * @author Nexios Team
 */
class InboundLimitSocketTests {

	@ParameterizedTest
	@ValueSource(strings = { "nexios.ws.inbound.max-messages=1", "nexios.ws.inbound.max-messages=2",
			"nexios.ws.inbound.max-messages=3", "nexios.ws.inbound.max-bytes=1B", "nexios.ws.inbound.max-bytes=3B" })
	void smallestLimitsLetEverythingThrough(String property) {
		try (TestServer server = TestServer.start(Echo.class, property); RawWs client = server.connect("/echo")) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.text("c"), RawFrame.text("d"),
					RawFrame.text("e"));
			for (int i = 0; i < 100; i++) {
				client.sendText("message " + i);
			}
			for (String text : new String[] { "a", "b", "c", "d", "e" }) {
				client.expectText(text);
			}
			for (int i = 0; i < 100; i++) {
				client.expectText("message " + i);
			}
			client.leave();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WSRouter echo() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
		}

	}

}
