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
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that never reach a handler.
 *
 * @author Nexios Team
 */
class HandshakeRequestSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	private Outcome<@Nullable Void> outcome;

	@BeforeEach
	void serve() {
		this.outcome = server.serve(WebSocket::accept);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/unknown", "/", "/t/", "/t/more", "/tt", "/T" })
	void unknownPathIs404(String path) {
		expect(server.handshake(path), 404);
	}

	@Test
	void plainGetIsClientError() {
		expect(server.handshake().withoutUpgrade(), 400, 426);
	}

	@Test
	void postIs405() {
		expect(server.handshake().method("POST").header("Content-Length", "0"), 405);
	}

	@Test
	void otherUpgradeIsClientError() {
		expect(server.handshake().replace("Upgrade", "h2c"), 400, 426);
	}

	@Test
	void missingConnectionHeaderIs400() {
		expect(server.handshake().replace("Connection", "keep-alive"), 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "8", "12", "14", "x" })
	void otherVersionIsClientErrorThatNamesTheRightOne(String version) {
		RawHandshake handshake = server.handshake().replace("Sec-WebSocket-Version", version);
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isIn(400, 426);
			assertThat(client.header("Sec-WebSocket-Version")).isEqualTo("13");
			assertThat(this.outcome.calls()).isZero();
		}
	}

	@Test
	void missingVersionIsClientError() {
		expect(server.handshake().without("Sec-WebSocket-Version"), 400, 426);
	}

	@Test
	void missingKeyIs400() {
		expect(server.handshake().without("Sec-WebSocket-Key"), 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "AAAAAAAAAAAAAAAAAAAAAAAA", "!!!!!!!!!!!!!!!!!!!!!!==",
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==" })
	void keyThatIsNot16BytesIs400(String key) {
		expect(server.handshake().replace("Sec-WebSocket-Key", key), 400);
	}

	private void expect(RawHandshake handshake, Integer... statuses) {
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isIn((Object[]) statuses);
			assertThat(this.outcome.calls()).isZero();
		}
	}

}
