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

import java.util.Arrays;
import java.util.stream.IntStream;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes with very many headers. The application allows 64 KB of headers, to test
 * headers that pass the container.
 *
 * @author Nexios Team
 */
class HeaderAttackSocketTests {

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("server.max-http-request-header-size=64KB");

	private Outcome<Integer> offered;

	@BeforeEach
	void serve() {
		this.offered = server.evaluate((ws) -> {
			ws.accept();
			return ws.requestedSubprotocols().size();
		});
	}

	@Test
	void subprotocolsOfTenKilobytesAreParsed() {
		try (RawWs client = server.handshake().header("Sec-WebSocket-Protocol", "a,".repeat(5_000)).connect()) {
			client.expectClose(1000);
			assertThat(this.offered.get()).isEqualTo(5_000);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "\t", ",", " ,", "a ", ";", "(" })
	void subprotocolsThatBringRegularExpressionsDownAreParsed(String repeated) {
		String subprotocols = "a" + repeated.repeat(10_000 / repeated.length()) + "b";
		try (RawWs client = server.handshake().header("Sec-WebSocket-Protocol", subprotocols).connect()) {
			client.expectClose(1000);
			assertThat(this.offered.get()).isPositive();
		}
	}

	/**
	 * Jetty demands that they are balanced.
	 */
	@Test
	void quotesInSubprotocolsAreRefusedOrHarmless() {
		try (RawWs client = server.handshake()
			.header("Sec-WebSocket-Protocol", "a" + "\"".repeat(10_001) + "b")
			.send()) {
			assertThat(client.status()).isIn(101, 400);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-WebSocket-Extensions", "Origin-X", "Cookie", "X-Forwarded-For", "Accept" })
	void headerOfMoreThanTheLimitIsRefused(String name) {
		expectRefusal(server.handshake().header(name, "x".repeat(64 * 1024)));
	}

	/**
	 * Tomcat counts headers and allows 100. Jetty counts their bytes alone.
	 */
	@Test
	void twoThousandHeadersAreRefusedOrHarmless() {
		try (RawWs client = server.handshake().headers(headers(2_000)).send()) {
			assertThat(client.status()).isIn(101, 400, 431);
		}
	}

	@Test
	void headersOfMoreThanTheLimitAreRefused() {
		expectRefusal(server.handshake().headers(headers(8_000)));
	}

	private static String[] headers(int number) {
		return IntStream.range(0, number).mapToObj((i) -> "X-" + i + ": " + i).toArray(String[]::new);
	}

	@Test
	void headersOfTheSameNameAreHarmless() {
		String[] subprotocols = new String[50];
		Arrays.fill(subprotocols, "Sec-WebSocket-Protocol: a, b");
		try (RawWs client = server.handshake().headers(subprotocols).connect()) {
			client.expectClose(1000);
			assertThat(this.offered.get()).isEqualTo(100);
		}
	}

	@Test
	void refusalsLeaveNothingBehind() {
		for (int i = 0; i < 100; i++) {
			expectRefusal(server.handshake().header("X", "x".repeat(64 * 1024)));
		}
		server.verifyHeapHasNotGrownBy(16 << 20);
	}

	private void expectRefusal(RawHandshake handshake) {
		try (RawWs client = handshake.send()) {
			assertThat(client.statusOrEnd()).isIn(0, 400, 431);
			assertThat(this.offered.calls()).isZero();
		}
	}

}
