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

package io.nexios.ws.server.handshake;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AllowedOrigins}.
 *
 * @author Nexios Team
 */
class AllowedOriginsTests {

	@ParameterizedTest
	@CsvSource({ "https://app.example, https://app.example", "https://app.example:443, https://app.example",
			"HTTPS://APP.example/, https://app.example", "wss://app.example, https://app.example",
			"https://app.example, wss://app.example", "https://app.example, https://app.example:443",
			"https://b\u00fccher.example, https://xn--bcher-kva.example",
			"https://xn--bcher-kva.example, https://b\u00fccher.example", "http://[::1]:8080, http://[0:0::1]:8080",
			"capacitor://localhost, capacitor://localhost" })
	void listedOriginIsAllowed(String allowed, String origin) {
		assertThat(origins(allowed).contain(origin(origin))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://app.example, http://app.example", "https://app.example, https://app.example:8443",
			"https://app.example, https://app.example:80", "https://app.example, https://evil.app.example",
			"https://app.example, https://app.example.", "https://app.example:8443, https://app.example",
			"app.example, https://app.example", "https://*.example, https://app.example",
			"https://stra\u00dfe.example, https://strasse.example" })
	void otherOriginIsNotAllowed(String allowed, String origin) {
		assertThat(origins(allowed).contain(origin(origin))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://*.app.example, https://eu.app.example", "https://*.App.Example, https://EU.app.example",
			"HTTPS://EU-*.app.example, https://eu-1.app.example", "wss://*.app.example, https://eu.app.example",
			"https://*.app.example:443, https://eu.app.example",
			"'https://*.app.example:[443,8443]', https://eu.app.example",
			"'https://*.app.example:[443,8443]', https://eu.app.example:8443", "http://localhost:*, http://localhost",
			"http://localhost:*, http://localhost:3000", "http://localhost:[*], http://localhost:3000",
			"https://*.b\u00fccher.example, https://eu.xn--bcher-kva.example", "http://[::1]:*, http://[::1]:3000",
			"*.app.example, https://eu.app.example" })
	void originOfAPatternIsAllowed(String pattern, String origin) {
		assertThat(patterns(pattern).contain(origin(origin))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://*.app.example, http://eu.app.example", "https://*.app.example, https://app.example",
			"https://*.app.example, https://eu.app.example:8443",
			"https://*.app.example, https://evil.example/.app.example",
			"'https://*.app.example:[8443,9443]', https://eu.app.example",
			"https://*.app.example, https://eu.app.example.evil.example" })
	void otherOriginThanOfAPatternIsNotAllowed(String pattern, String origin) {
		assertThat(patterns(pattern).contain(origin(origin))).isFalse();
	}

	@Test
	void valueThatIsNoOriginIsAllowedIfItIsListed() {
		AllowedOrigins allowed = origins("null", "file://");
		assertThat(allowed.contain("null")).isTrue();
		assertThat(allowed.contain("file://")).isTrue();
		assertThat(allowed.contain("data:x")).isFalse();
		assertThat(allowed.contain("")).isFalse();
		assertThat(origins().contain("null")).isFalse();
		assertThat(origins("*").contain("null")).isTrue();
	}

	@Test
	void listOfPortsMayHaveBeenSplitAsAProperty() {
		AllowedOrigins allowed = new AllowedOrigins(List.of(), List.of("https://*.app.example:[8443", "9443]"));
		assertThat(allowed.contain(origin("https://eu.app.example:9443"))).isTrue();
		assertThat(allowed.contain(origin("https://eu.app.example:443"))).isFalse();
	}

	@Test
	void valueMayHoldSeveralOrigins() {
		AllowedOrigins allowed = origins("https://a.example, wss://B.example:443");
		assertThat(allowed.origins()).containsExactly("https://a.example", "https://b.example");
		assertThat(patterns("https://*.a.example:[443,80],HTTP://*.b.example:80").patterns())
			.containsExactly("https://*.a.example:[443,80]", "http://*.b.example:80");
	}

	private static AllowedOrigins origins(String... origins) {
		return new AllowedOrigins(List.of(origins), List.of());
	}

	private static AllowedOrigins patterns(String pattern) {
		return new AllowedOrigins(List.of(), List.of(pattern));
	}

	private static WebOrigin origin(String text) {
		WebOrigin origin = WebOrigin.parse(text);
		assertThat(origin).isNotNull();
		return origin;
	}

}
