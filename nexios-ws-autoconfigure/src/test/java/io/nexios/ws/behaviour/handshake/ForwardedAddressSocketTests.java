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

import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Behind a proxy, the addresses of clients are used only if Spring Boot is configured for
 * it.
 *
 * @author Nexios Team
 */
class ForwardedAddressSocketTests {

	private static final String LIMIT = "nexios.ws.limits.connections-per-address=1";

	@ParameterizedTest
	@ValueSource(strings = { "framework", "native" })
	void clientsOfAProxyHaveAddressesOfTheirOwn(String strategy) {
		try (TestServer server = start("server.forward-headers-strategy=" + strategy);
				RawWs first = server.connect("/address", "X-Forwarded-For: 203.0.113.1");
				RawWs second = server.connect("/address", "X-Forwarded-For: 203.0.113.2")) {
			first.expectText("203.0.113.1");
			second.expectText("203.0.113.2");
			assertThat(status(server, "X-Forwarded-For: 203.0.113.1")).isEqualTo(429);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "framework", "native" })
	void portOfAClientIsNoPartOfItsAddress(String strategy) {
		try (TestServer server = start("server.forward-headers-strategy=" + strategy);
				RawWs first = server.connect("/address", "X-Forwarded-For: 203.0.113.1:51234");
				RawWs second = server.connect("/address", "X-Forwarded-For: [2001:db8::1]:51234")) {
			first.expectText("203.0.113.1");
			second.expectText("2001:db8:0:0:0:0:0:1");
			assertThat(status(server, "X-Forwarded-For: 203.0.113.1:51235")).isEqualTo(429);
			assertThat(status(server, "X-Forwarded-For: 203.0.113.1")).isEqualTo(429);
			assertThat(status(server, "X-Forwarded-For: [2001:db8::2]:80")).isEqualTo(429);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.forward-headers-strategy=none", "nexios.ws.enabled=true" })
	void forgedHeaderDoesNothing(String property) {
		try (TestServer server = start(property);
				RawWs first = server.connect("/address", "X-Forwarded-For: 203.0.113.1")) {
			first.expectText("127.0.0.1");
			assertThat(status(server, "X-Forwarded-For: 203.0.113.2", "Forwarded: for=203.0.113.3")).isEqualTo(429);
		}
	}

	@Test
	void nameIsNotLookedUp() {
		try (TestServer server = start("server.forward-headers-strategy=framework");
				RawWs client = server.connect("/address", "X-Forwarded-For: localhost")) {
			client.expectText("localhost, unresolved");
		}
	}

	private static TestServer start(String property) {
		return TestServer.start(Address.class, LIMIT, property);
	}

	private static int status(TestServer server, String... headers) {
		try (RawWs client = server.handshake("/address").headers(headers).send()) {
			return client.status();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Address {

		@Bean
		WebSocketRoute address() {
			return new WebSocketRoute("/address", (ws) -> {
				ws.accept();
				ws.sendText(
						ws.remoteAddress().getHostString() + (ws.remoteAddress().isUnresolved() ? ", unresolved" : ""));
				ws.awaitDisconnect();
			});
		}

	}

}
