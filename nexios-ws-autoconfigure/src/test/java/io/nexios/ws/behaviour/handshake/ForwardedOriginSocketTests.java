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

import java.util.Locale;

import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Behind a proxy, the application's own origin is the origin that browsers see, whatever
 * form the proxy sends.
 *
 * @author Nexios Team
 */
@ParameterizedClass
@ValueSource(strings = { "framework", "native" })
class ForwardedOriginSocketTests {

	private static TestServer server;

	@Parameter
	String strategy;

	@BeforeParameterizedClassInvocation
	static void start(String strategy) {
		server = TestServer.start(Application.class, "server.forward-headers-strategy=" + strategy);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "https, https://app.example", "wss, https://app.example", "WSS, https://app.example",
			"HTTPS, https://app.example", "http, http://app.example", "ws, http://app.example",
			"wss, HTTPS://APP.example", "wss, https://app.example:443", "ws, http://app.example:80",
			"wss, wss://app.example" })
	void ownOriginConnects(String proto, String origin) {
		try (RawWs client = handshake(proto, origin).connect()) {
			client.expectText(
					(origin.toLowerCase(Locale.ROOT).matches("(https|wss).*") ? "wss" : "ws") + "://app.example/uri");
		}
	}

	@ParameterizedTest
	@CsvSource({ "wss, http://app.example", "https, http://app.example", "http, https://app.example",
			"ws, https://app.example", "wss, https://app.example:8443", "wss, https://evil.example",
			"wss, https://app.example.evil.example", "wss, https://app.example:80" })
	void foreignOriginIs403(String proto, String origin) {
		expectStatus(403, handshake(proto, origin));
	}

	@ParameterizedTest
	@ValueSource(strings = { "wss", "https" })
	void portOfTheProxyIsThatOfTheOrigin(String proto) {
		expectStatus(101, handshake(proto, "https://app.example:8443").header("X-Forwarded-Port", "8443"));
		expectStatus(101, handshake(proto, "https://app.example").header("X-Forwarded-Port", "443"));
		expectStatus(403, handshake(proto, "https://app.example").header("X-Forwarded-Port", "8443"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://xn--bcher-kva.example", "https://b\u00fccher.example",
			"https://b\u00c3\u00bccher.example", "HTTPS://XN--BCHER-KVA.example" })
	void internationalNameIsTheSameInEitherForm(String origin) {
		RawHandshake handshake = server.handshake("/uri")
			.header("Origin", origin)
			.header("X-Forwarded-For", "203.0.113.1")
			.header("X-Forwarded-Proto", "wss")
			.header("X-Forwarded-Host", "XN--bcher-kva.EXAMPLE");
		expectStatus(101, handshake);
	}

	private RawHandshake handshake(String proto, String origin) {
		return server.handshake("/uri")
			.header("Origin", origin)
			.header("X-Forwarded-For", "203.0.113.1")
			.header("X-Forwarded-Proto", proto)
			.header("X-Forwarded-Host", "App.example");
	}

	private static void expectStatus(int status, RawHandshake handshake) {
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(status);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WebSocketRoute route() {
			return new WebSocketRoute("/uri", (ws) -> {
				ws.accept();
				ws.sendText(ws.uri().toString().toLowerCase(Locale.ROOT));
			});
		}

	}

}
