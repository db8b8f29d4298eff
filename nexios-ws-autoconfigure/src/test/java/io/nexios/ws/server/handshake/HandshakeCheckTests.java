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

import java.io.IOException;
import java.util.Map;

import io.nexios.ws.server.json.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeCheck}.
 *
 * @author Nexios Team
 */
class HandshakeCheckTests {

	private final HandshakeCheck check = new HandshakeCheck(new JsonCodec(JsonMapper.shared()));

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/chat");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	HandshakeCheckTests() {
		this.request.setProtocol("HTTP/1.1");
		this.request.addHeader("Upgrade", "websocket");
		this.request.addHeader("Connection", "keep-alive, Upgrade");
		this.request.addHeader("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
		this.request.addHeader("Sec-WebSocket-Version", "13");
	}

	@Test
	void handshakePasses() throws IOException {
		assertThat(passes()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "Upgrade,h2c,400", "Upgrade,,400", "Connection,close,400", "Connection,,400",
			"Connection,Upgraded,400", "Sec-WebSocket-Key,short,400", "Sec-WebSocket-Key,,400",
			"Sec-WebSocket-Version,8,426", "Sec-WebSocket-Version,,426", "Content-Length,1,400",
			"Transfer-Encoding,chunked,400" })
	void anythingElseIsRefusedWithItsReason(String name, String value, int status) throws Exception {
		this.request.removeHeader(name);
		if (value != null) {
			this.request.addHeader(name, value);
		}
		assertThat(passes()).isFalse();
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getContentAsString()).isNotBlank();
	}

	@ParameterizedTest
	@CsvSource({ "GET,HTTP/1.0,400", "GET,HTTP/2.0,400", "POST,HTTP/1.1,405", "CONNECT,HTTP/1.1,405" })
	void methodAndProtocolHaveToFit(String method, String protocol, int status) throws Exception {
		this.request.setMethod(method);
		this.request.setProtocol(protocol);
		assertThat(passes()).isFalse();
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getContentAsString()).isNotBlank();
	}

	@Test
	void connectPassesOverHttp2() throws IOException {
		MockHttpServletRequest connect = new MockHttpServletRequest("CONNECT", "/chat");
		connect.setProtocol("HTTP/2.0");
		connect.addHeader("Sec-WebSocket-Version", "13");
		assertThat(HandshakeCheck.isHandshake(connect)).isTrue();
		assertThat(passes(connect)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "GET,websocket,true", "GET,WebSocket,true", "GET,'foo, websocket',true", "GET,h2c,false", "GET,,false",
			"POST,websocket,false", "HEAD,websocket,false", "CONNECT,,false" })
	void handshakeIsAGetThatAsksForAWebSocket(String method, String upgrade, boolean expected) {
		this.request.setMethod(method);
		this.request.removeHeader("Upgrade");
		if (upgrade != null) {
			this.request.addHeader("Upgrade", upgrade);
		}
		assertThat(HandshakeCheck.isHandshake(this.request)).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROTOCOL", "UPGRADE_LOST", "CONNECTION" })
	void problemThatAProxyCausesIsLoggedWithItsSetting(HandshakeProblem problem) {
		assertThat(problem.line()).contains("400", "with nginx, 'proxy_");
	}

	private boolean passes() throws IOException {
		return passes(this.request);
	}

	private boolean passes(MockHttpServletRequest request) throws IOException {
		return this.check.beforeHandshake(new ServletServerHttpRequest(request),
				new ServletServerHttpResponse(this.response), new TextWebSocketHandler(), Map.of());
	}

}
