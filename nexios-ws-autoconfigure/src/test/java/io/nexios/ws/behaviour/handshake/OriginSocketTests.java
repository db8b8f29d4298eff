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

import io.nexios.ws.testsupport.AllKindsOfRoutes;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which origins may connect.
 *
 * @author Nexios Team
 */
class OriginSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(AllKindsOfRoutes.class);

	@ParameterizedTest
	@ValueSource(strings = { "/router", "/router/nested", "/bean", "/method" })
	void foreignOriginIs403OnEveryKindOfRoute(String path) {
		expectStatus(path, "https://evil.example", 403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/router", "/router/nested", "/bean", "/method" })
	void sameOriginConnectsToEveryKindOfRoute(String path) {
		expectStatus(path, "http://localhost:" + server.port(), 101);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/router", "/router/nested", "/bean", "/method" })
	void clientWithoutOriginConnectsToEveryKindOfRoute(String path) {
		try (RawWs client = server.connect(path)) {
			client.expectClose(1000);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "null", "http://localhost", "http://localhost:1", "http://localhost.evil.example", "file://" })
	void originThatIsAlmostTheSameIs403(String origin) {
		expectStatus("/router", origin, 403);
	}

	@Test
	void allowedOriginsConnectNextToTheSameOrigin() {
		try (TestServer configured = TestServer.start(AllKindsOfRoutes.class,
				"nexios.ws.allowed-origins=https://app.example,https://other.example")) {
			for (String path : List.of("/router", "/router/nested", "/bean", "/method")) {
				expectStatus(configured, path, "https://app.example", 101);
				expectStatus(configured, path, "https://other.example", 101);
				expectStatus(configured, path, "http://localhost:" + configured.port(), 101);
				expectStatus(configured, path, "https://evil.example", 403);
			}
		}
	}

	@Test
	void allowedOriginIsItsSchemeHostAndPort() {
		try (TestServer configured = TestServer.start(AllKindsOfRoutes.class,
				"nexios.ws.allowed-origins=https://app.example")) {
			for (String almost : List.of("http://app.example", "https://app.example:8443", "https://app.example.evil",
					"https://evil.app.example", "https://app.example@evil.example", "https://evilapp.example")) {
				expectStatus(configured, "/router", almost, 403);
			}
		}
	}

	@Test
	void allowedOriginPatternsConnect() {
		try (TestServer configured = TestServer.start(AllKindsOfRoutes.class,
				"nexios.ws.allowed-origin-patterns=https://*.app.example")) {
			expectStatus(configured, "/router", "https://eu.app.example", 101);
			expectStatus(configured, "/method", "https://us.app.example", 101);
			expectStatus(configured, "/router", "https://app.example.evil.example", 403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nexios.ws.allowed-origins=https://stra\u00dfe.example",
			"nexios.ws.allowed-origin-patterns=https://*.stra\u00dfe.example,https://*b\u00fccher.example" })
	void hostThatBrowsersDoNotAgreeOnIsRefusedAtTheStart(String property) {
		FailureAnalysis failure = TestServer.failToStart(AllKindsOfRoutes.class, property);
		assertThat(failure.getDescription()).contains(property.split("=")[0]).contains("stra\u00dfe.example");
		assertThat(failure.getAction()).contains("xn--");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nexios.ws.allowed-origins=*", "nexios.ws.allowed-origin-patterns=*",
			"nexios.ws.allowed-origin-patterns=http*,https://app.example",
			"nexios.ws.allowed-origin-patterns=WSS://*" })
	void anyOriginHasToBeAllowedTwice(String property) {
		FailureAnalysis failure = TestServer.failToStart(AllKindsOfRoutes.class, property);
		assertThat(failure.getDescription()).contains(property.split("=")[0]);
		assertThat(failure.getAction()).contains("nexios.ws.allow-any-origin");
		try (TestServer configured = TestServer.start(AllKindsOfRoutes.class, property,
				"nexios.ws.allow-any-origin=true")) {
			expectStatus(configured, "/router", "https://evil.example", 101);
		}
	}

	private void expectStatus(String path, String origin, int status) {
		try (RawWs client = RawWs.open(server.port(), path, "Origin: " + origin)) {
			assertThat(client.status()).isEqualTo(status);
		}
	}

	private void expectStatus(TestServer server, String path, String origin, int status) {
		try (RawWs client = RawWs.open(server.port(), path, "Origin: " + origin)) {
			assertThat(client.status()).as(path + " for " + origin).isEqualTo(status);
		}
	}

}
