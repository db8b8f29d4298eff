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

import java.util.Map;
import java.util.function.Function;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JSON that is nested too deeply is invalid, but does no harm.
 *
 * @author Nexios Team
 */
class JsonDepthSocketTests {

	private static final int DEPTH = 20;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.limits.json-depth=" + DEPTH);

	@Test
	void jsonOfTheLimitIsReceived() {
		Outcome<JsonNode> received = server.evaluate((ws) -> {
			ws.accept();
			return ws.receiveJson();
		});
		try (RawWs client = server.connect()) {
			client.sendText(nested(DEPTH));
			assertThat(received.get().isArray()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { DEPTH + 1, 400_000 })
	void deeperTextIs1007(int depth) {
		expectInvalid(RawFrame.text(nested(depth)), WebSocket::receiveJson);
	}

	@Test
	void deeperBytesAre1007() {
		expectInvalid(RawFrame.of(RawFrame.BINARY, nested(DEPTH + 1)), WebSocket::receiveJson);
	}

	@Test
	void deeperUntypedValueIs1007() {
		expectInvalid(RawFrame.text(nested(400_000)), (ws) -> ws.receiveJson(Object.class));
	}

	@Test
	void deeperValueThatIsIgnoredIs1007() {
		expectInvalid(RawFrame.text("{\"name\":\"a\",\"unknown\":" + nested(DEPTH) + "}"),
				(ws) -> ws.receiveJson(Named.class));
	}

	@Test
	void deeperValueOfOneThatHoldsItselfIs1007() {
		expectInvalid(RawFrame.text("{\"next\":".repeat(100_000) + "null" + "}".repeat(1)),
				(ws) -> ws.receiveJson(Link.class));
	}

	@Test
	void sentMessageMayBeDeeper() {
		server.serve((ws) -> {
			ws.accept();
			Object value = "deep";
			for (int i = 0; i < 2 * DEPTH; i++) {
				value = Map.of("a", value);
			}
			ws.sendJson(value);
		});
		try (RawWs client = server.connect()) {
			assertThat(client.readText()).endsWith("}".repeat(2 * DEPTH));
		}
	}

	private static void expectInvalid(RawFrame message, Function<WebSocket, Object> receiving) {
		Outcome<Object> received = server.evaluate((ws) -> {
			ws.accept();
			return receiving.apply(ws);
		});
		try (RawWs client = server.connect()) {
			client.send(message);
			client.expectClose(1007);
			assertThat(received.thrown()).isInstanceOf(WebSocketException.class);
		}
	}

	private static String nested(int depth) {
		return "[".repeat(depth) + "]".repeat(depth);
	}

	record Named(String name) {

	}

	record Link(Link next) {

	}

}
