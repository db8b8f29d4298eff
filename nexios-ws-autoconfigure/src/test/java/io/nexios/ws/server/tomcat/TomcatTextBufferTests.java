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

package io.nexios.ws.server.tomcat;

import java.nio.CharBuffer;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.apache.tomcat.websocket.WsSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The buffer of Tomcat that texts of a connection are decoded into.
 *
 * @author Nexios Team
 */
@Tag("tomcat-internals")
class TomcatTextBufferTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Routes.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void textsThatFitLeaveTheBufferSmall() {
		try (RawWs client = server.connect("/buffer")) {
			assertThat(sizeAfter(client, 1024)).isEqualTo(1024);
			assertThat(sizeAfter(client, 1)).isEqualTo(1024);
		}
	}

	@Test
	void largerTextMakesTheBufferLargeEnoughForTheNextOne() {
		try (RawWs client = server.connect("/buffer")) {
			assertThat(sizeAfter(client, 2049)).isEqualTo(1024);
			assertThat(sizeAfter(client, 1)).isEqualTo(4096);
		}
	}

	@Test
	void bufferStaysAsLargeAsItHasBeen() {
		try (RawWs client = server.connect("/buffer")) {
			sizeAfter(client, 4096);
			assertThat(sizeAfter(client, 1500)).isEqualTo(4096);
			assertThat(sizeAfter(client, 1)).isEqualTo(4096);
		}
	}

	@Test
	void bufferIsNeverLargerThanThatOfOtherEndpoints() {
		try (RawWs client = server.connect("/buffer")) {
			sizeAfter(client, 300_000);
			assertThat(sizeAfter(client, 300_000)).isEqualTo(8192);
			assertThat(sizeAfter(client, 1)).isEqualTo(8192);
		}
	}

	private static int sizeAfter(RawWs client, int length) {
		client.sendText("x".repeat(length));
		String[] answer = client.readText().split(" ");
		assertThat(answer[0]).isEqualTo(String.valueOf(length));
		return Integer.parseInt(answer[1]);
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/buffer", (ws) -> {
				ws.accept();
				for (String text : ws.texts()) {
					ws.sendText(text.length() + " " + bufferSize(ws));
				}
			});
		}

		private static int bufferSize(WebSocket ws) {
			Object frame = ReflectionTestUtils.getField(ws.unwrap(WsSession.class), "wsFrame");
			return ((CharBuffer) ReflectionTestUtils.getField(frame, "messageBufferText")).capacity();
		}

	}

}
