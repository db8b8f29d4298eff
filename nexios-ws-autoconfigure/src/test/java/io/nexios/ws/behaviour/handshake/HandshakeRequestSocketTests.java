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

package io.nexios.ws.behaviour.handshake;

import java.util.List;

import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.AllKindsOfRoutes;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that never reach a handler.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
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
		expect(server.handshake(path), 404, "");
	}

	@Test
	void plainGetIs400ThatSaysWhy() {
		expect(server.handshake().withoutUpgrade(), 400, "Upgrade");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://other.example", "null", "http://localhost" })
	void originIsNotBlamedForWhatIsNoHandshake(String origin) {
		expect(server.handshake().withoutUpgrade().header("Origin", origin), 400, "Upgrade");
		expect(server.handshake().without("Upgrade").header("Origin", origin), 400, "Upgrade");
		expect(server.handshake().without("Upgrade").without("Connection").header("Origin", origin), 400, "Upgrade");
		expect(server.handshake().replace("Connection", "close").header("Origin", origin), 400, "");
		expect(server.handshake().replace("Sec-WebSocket-Version", "8").header("Origin", origin), 426, "Version");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upgrade", "close" })
	void handshakeOverHttp10Is400ThatSaysWhy(String connection) {
		expect(server.handshake().version("HTTP/1.0").replace("Connection", connection), 400, "HTTP/1.1");
		expect(server.handshake().version("HTTP/1.0").withoutUpgrade(), 400, "Upgrade");
	}

	@Test
	void operatorIsToldTheSettingOfTheProxyOnce(CapturedOutput output) {
		try (TestServer other = TestServer.start(AllKindsOfRoutes.class)) {
			for (int i = 0; i < 3; i++) {
				send(other.handshake("/router?secret").version("HTTP/1.0"));
				send(other.handshake("/router?secret").without("Upgrade"));
				send(other.handshake("/router?secret").withoutUpgrade());
			}
			assertThat(lines(output, "proxy_http_version 1.1;'")).hasSize(1);
			assertThat(lines(output, "proxy_set_header Upgrade $http_upgrade;")).hasSize(1);
			assertThat(lines(output, "WARN")).hasSize(2);
			assertThat(output).doesNotContain("secret");
		}
	}

	private static List<String> lines(CapturedOutput output, String part) {
		return output.getAll().lines().filter((line) -> line.contains(part)).toList();
	}

	private static void send(RawHandshake handshake) {
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(400);
		}
	}

	@Test
	void postIs405() {
		expect(server.handshake().method("POST").header("Content-Length", "0"), 405, "GET");
	}

	@Test
	void otherUpgradeIsClientError() {
		expect(server.handshake().replace("Upgrade", "h2c"), 400, "Upgrade");
	}

	/**
	 * Jetty itself answers this, with its own text.
	 */
	@Test
	void missingConnectionHeaderIs400() {
		expect(server.handshake().replace("Connection", "keep-alive"), 400, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8", "12", "14", "x" })
	void otherVersionIsClientErrorThatNamesTheRightOne(String version) {
		RawHandshake handshake = server.handshake().replace("Sec-WebSocket-Version", version);
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(426);
			assertThat(client.body()).contains("Version");
			assertThat(client.header("Upgrade")).isEqualTo("websocket");
			assertThat(client.header("Sec-WebSocket-Version")).isEqualTo("13");
			assertThat(this.outcome.calls()).isZero();
		}
	}

	@Test
	void missingVersionIsClientError() {
		expect(server.handshake().without("Sec-WebSocket-Version"), 426, "Version");
	}

	@Test
	void missingKeyIs400() {
		expect(server.handshake().without("Sec-WebSocket-Key"), 400, "Key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "AAAAAAAAAAAAAAAAAAAAAAAA", "!!!!!!!!!!!!!!!!!!!!!!==",
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==" })
	void keyThatIsNot16BytesIs400(String key) {
		expect(server.handshake().replace("Sec-WebSocket-Key", key), 400, "Key");
	}

	@Test
	void bodyIs400() {
		expect(server.handshake().header("Content-Length", "5"), 400, "body");
		expect(server.handshake().header("Transfer-Encoding", "chunked"), 400, "body");
	}

	@Test
	void extensionsThatCannotBeReadAre400() {
		expect(server.handshake().header("Sec-WebSocket-Extensions", ";"), 400, "Extensions");
	}

	private void expect(RawHandshake handshake, int status, String body) {
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(status);
			assertThat(client.body()).contains(body);
			assertThat(this.outcome.calls()).isZero();
		}
	}

}
