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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebOrigin}.
 *
 * @author Nexios Team
 */
class WebOriginTests {

	@ParameterizedTest
	@CsvSource({ "https://app.example, https://app.example", "HTTPS://App.Example, https://app.example",
			"https://app.example:443, https://app.example", "http://app.example:80, http://app.example",
			"wss://app.example, https://app.example", "WSS://app.example:443, https://app.example",
			"ws://app.example:80, http://app.example", "http://app.example:443, http://app.example:443",
			"https://app.example:80, https://app.example:80", "ws://app.example:8080, http://app.example:8080",
			"https://app.example/, https://app.example", "https://app.example/chat?x#y, https://app.example",
			"https://b\u00fccher.example, https://xn--bcher-kva.example", "http://[0:0::1]:8080, http://[::1]:8080",
			"capacitor://localhost, capacitor://localhost", "chrome-extension://AbC, chrome-extension://abc" })
	void sameOriginHasOneForm(String text, String canonical) {
		assertThat(WebOrigin.parse(text)).hasToString(canonical);
		assertThat(WebOrigin.parse(text)).isEqualTo(WebOrigin.parse(canonical));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "*", "https://", "https://*", "app.example", "//app.example", "file://",
			"file:///", "https:app.example", "https://app.example:", "https://app.example:x",
			"https://app.example:65536", "https://app.example:999999", "https://app.example@evil.example",
			"https://u:p@app.example", "https://app.example evil.example", "https://app.example\\.evil.example",
			"https://a.example,https://b.example", "1https://app.example", "https://[::1", "https://::1",
			"https://[app.example]" })
	void textThatIsNoOriginIsNull(String text) {
		assertThat(WebOrigin.parse(text)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "http, localhost, 8080, http://localhost:8080", "http, APP.example, 80, http://app.example",
			"https, app.example, 443, https://app.example", "wss, app.example, 443, https://app.example",
			"wss, app.example, 80, https://app.example", "wss, app.example, 8443, https://app.example:8443",
			"ws, app.example, 80, http://app.example", "http, app.example, 443, http://app.example:443",
			"http, [::1], 80, http://[::1]", "https, app.example, -1, https://app.example" })
	void requestHasTheOriginOfItsPages(String scheme, String host, int port, String origin) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setScheme(scheme);
		request.setServerName(host);
		request.setServerPort(port);
		assertThat(WebOrigin.of(request)).hasToString(origin);
	}

	@Test
	void requestOfASecureConnectorKeepsItsPort() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setScheme("https");
		request.setSecure(true);
		request.setServerName("app.example");
		request.setServerPort(80);
		assertThat(WebOrigin.of(request)).hasToString("https://app.example:80");
	}

	@ParameterizedTest
	@CsvSource({ "wss, https", "WSS, https", "'wss, https', https", "'wss, http', http", "http, http", "ws, http",
			"'', http" })
	void forwardedSchemeCountsIfTomcatTrustsIt(String forwarded, String scheme) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("X-Forwarded-Proto", forwarded);
		assertThat(ForwardedScheme.of(request)).isEqualTo("http");
		request.setAttribute("org.apache.tomcat.request.forwarded", true);
		assertThat(ForwardedScheme.of(request)).isEqualTo(scheme);
		assertThat(ForwardedScheme.isSecure(request)).isEqualTo(scheme.equals("https"));
	}

}
