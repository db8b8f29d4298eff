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

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeRequest}.
 *
 * @author Nexios Team
 */
class HandshakeRequestTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("CONNECT", "/chat");

	HandshakeRequestTests() {
		this.request.setProtocol("HTTP/2.0");
		this.request.setServerName("chat.example");
	}

	@Test
	void hostIsTheAuthorityOverHttp2() {
		this.request.setServerPort(8443);
		assertThat(host()).isEqualTo("chat.example:8443");
	}

	@Test
	void hostHasNoPortThatIsTheDefault() {
		this.request.setServerPort(80);
		assertThat(host()).isEqualTo("chat.example");
		this.request.setScheme("https");
		this.request.setServerPort(443);
		assertThat(host()).isEqualTo("chat.example");
		this.request.setServerPort(80);
		assertThat(host()).isEqualTo("chat.example:80");
	}

	@Test
	void hostThatWasSentIsKept() {
		this.request.addHeader("Host", "sent.example");
		assertThat(host()).isEqualTo("sent.example");
	}

	private String host() {
		return HandshakeRequest.of(new ServletServerHttpRequest(this.request), null).headers().getFirst("Host");
	}

}
