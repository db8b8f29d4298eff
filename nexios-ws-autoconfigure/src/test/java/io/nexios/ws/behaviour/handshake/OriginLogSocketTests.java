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

import io.nexios.ws.testsupport.AllKindsOfRoutes;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refused origin is logged once per minute, with the property that would allow it.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class OriginLogSocketTests {

	private TestServer server;

	private CapturedOutput output;

	@BeforeEach
	void start(CapturedOutput output) {
		this.server = TestServer.start(AllKindsOfRoutes.class);
		this.output = output;
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void refusedOriginIsLoggedWithTheProperty() {
		refuse("https://Front.example:8443");
		assertThat(this.output).contains("WARN")
			.contains("the origin 'https://front.example:8443'")
			.contains("nexios.ws.allowed-origins")
			.contains("server.forward-headers-strategy");
	}

	@Test
	void floodOfOriginsIsOneLine() {
		for (int i = 0; i < 20; i++) {
			refuse("https://front" + i + ".example");
		}
		assertThat(this.output).containsOnlyOnce("Refused a handshake");
	}

	@Test
	void sandboxedPageIsLoggedAsThat() {
		refuse("null");
		// Allowing only this origin prevents the start
		assertThat(this.output).contains("the origin 'null'").contains("'nexios.ws.allow-any-origin'");
	}

	@Test
	void longOriginIsCut() {
		refuse("https://" + "a".repeat(240) + ".example");
		assertThat(this.output).contains("a".repeat(150)).doesNotContain("a".repeat(200));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret", "https://secret@app.example", "https://app.example secret", "file://secret:x",
			"https://app.example/secret", "https://app.example?secret" })
	void invalidOriginIsNotLogged(String origin) {
		refuse(origin);
		assertThat(this.output).contains("Refused a handshake with 403").doesNotContain("secret");
	}

	@Test
	void severalOriginsAreNotLogged() {
		try (RawWs client = this.server.handshake("/router")
			.headers("Origin: https://one.example", "Origin: https://two.example")
			.send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		assertThat(this.output).contains("Refused a handshake with 403").doesNotContain("one.example");
	}

	private void refuse(String origin) {
		try (RawWs client = this.server.handshake("/router").header("Origin", origin).send()) {
			assertThat(client.status()).isEqualTo(403);
		}
	}

}
