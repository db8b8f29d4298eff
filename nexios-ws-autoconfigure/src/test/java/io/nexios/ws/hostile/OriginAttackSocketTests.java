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

import java.util.List;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.AllKindsOfRoutes;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web sites that connect with the cookies of their visitors, on every kind of route.
 *
 * @author Nexios Team
 */
class OriginAttackSocketTests {

	private static final List<String> ROUTES = List.of("/router", "/router/nested", "/bean", "/method", "/consumer",
			"/factory");

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer(AllKindsOfRoutes.class)
		.with("nexios.ws.allowed-origins=https://app.example.com,http://plain.example.com:8080");

	static Stream<String> foreignOrigins() {
		return Stream.of("https://evil.org", "https://app.example.com.evil.org", "https://evilapp.example.com",
				"https://app.example.com@evil.org", "https://evil.org#app.example.com",
				"https://evil.org/https://app.example.com", "https://evil.org?app.example.com",
				"https://app.example.co", "https://app.example.com.", "https://app.example.com:8443",
				"https://app.example.com:80", "http://app.example.com", "ws://app.example.com", "//app.example.com",
				"app.example.com", "http://plain.example.com", "http://plain.example.com:80",
				"http://plain.example.com:80801", "https://app.example.com https://evil.org",
				"https://evil.org https://app.example.com", "https://app.example.com,https://evil.org",
				"https://evil.org,https://app.example.com", "https://app.example.com%00.evil.org",
				"https://app.example.com\\.evil.org", "https://xn--pp-7lc.example.com", "https://\u00e4pp.example.com",
				"null", "NULL", "file://", "about:blank", "chrome-extension://abc", "data:text/html,x", "*",
				"https://*", "https://*.example.com", "https://localhost", "http://127.0.0.1", "http://[::1]");
	}

	@ParameterizedTest
	@MethodSource("foreignOrigins")
	void foreignOriginIs403OnEveryRoute(String origin) {
		ROUTES.forEach((route) -> assertThat(status(route, "Origin: " + origin)).as(route).isEqualTo(403));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "http", "http:", "http:/", "http://", "https://app.example.com:", "http://[",
			"http://]", "http://[::1", "http://a:b:c", "http://a:999999999999", "http://a:-1", "http://a:x",
			"http://a b", "http://%", "http://%zz", "::::", "{}", "http://{x}", "\u0001", "http://\u00ff",
			"http://a\tb", "://", "a://b://c", "http://?", "http://#", "http://@", "http://:80", "http://:@:" })
	void originThatIsNoneIsNoErrorOfTheServer(String origin) {
		ROUTES.forEach((route) -> assertThat(status(route, "Origin: " + origin)).as(route).isIn(400, 403));
	}

	@Test
	void originWithoutEndIsNoErrorOfTheServer() {
		assertThat(status("/router", "Origin: https://" + "a.".repeat(3_000))).isIn(400, 403);
		assertThat(status("/router", "Origin: " + "http://".repeat(900))).isIn(400, 403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com", "http://plain.example.com:8080", "HTTPS://APP.EXAMPLE.COM",
			"https://app.example.com:443", "wss://app.example.com" })
	void allowedOriginConnectsToEveryRoute(String origin) {
		ROUTES.forEach((route) -> assertThat(status(route, "Origin: " + origin)).as(route).isEqualTo(101));
	}

	@Test
	void anotherOriginBesidesTheAllowedOneIs403() {
		ROUTES.forEach((route) -> {
			assertThat(status(route, "Origin: https://evil.org", "Origin: https://app.example.com")).as(route)
				.isIn(400, 403);
			assertThat(status(route, "Origin: https://app.example.com", "Origin: https://evil.org")).as(route)
				.isIn(400, 403);
		});
	}

	@Test
	void headersOfProxiesDoNotMakeAnOriginTheSame() {
		for (String forwarded : List.of("X-Forwarded-Host: evil.org", "Forwarded: host=evil.org;proto=http",
				"X-Original-Host: evil.org", "X-Host: evil.org")) {
			assertThat(status("/router", "Origin: http://evil.org", forwarded, "X-Forwarded-Proto: http",
					"X-Forwarded-Port: 80"))
				.as(forwarded)
				.isEqualTo(403);
		}
	}

	@Test
	void originIsCheckedWhateverElseTheRequestIs() {
		try (RawWs client = server.handshake("/router")
			.header("Origin", "https://evil.org")
			.replace("Connection", "keep-alive, Upgrade")
			.header("Access-Control-Request-Method", "GET")
			.header("Sec-Fetch-Site", "same-origin")
			.header("X-Requested-With", "XMLHttpRequest")
			.send()) {
			assertThat(client.status()).isEqualTo(403);
		}
	}

	private static int status(String route, String... headers) {
		try (RawWs client = server.handshake(route).headers(headers).send()) {
			return client.status();
		}
	}

}
