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

package io.nexios.ws.behaviour.limits;

import java.util.function.Consumer;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.testsupport.UserFilter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections count from the handshake to the end, whatever the reason of the end is.
 *
 * @author Nexios Team
 */
class ConnectionLimitSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(UserFilter.class)
		.with("server.forward-headers-strategy=framework")
		.with("nexios.ws.limits.connections=3", "nexios.ws.limits.connections-per-address=2",
				"nexios.ws.limits.connections-per-user=1")
		.with("nexios.ws.accept-timeout=3s", "nexios.ws.max-message-size=100B");

	@Test
	void connectionsInAllBeyondTheLimitAre503() {
		serveEcho();
		try (RawWs first = connectSoon(from("192.0.2.1"));
				RawWs second = connectSoon(from("192.0.2.2"));
				RawWs third = connectSoon(from("192.0.2.3"))) {
			expectRefused(from("192.0.2.4"), 503, "Too many connections");
			expectEcho(first, second, third);
		}
	}

	@Test
	void connectionsFromOneAddressBeyondTheLimitAre429() {
		serveEcho();
		try (RawWs first = connectSoon(from("192.0.2.1")); RawWs second = connectSoon(from("192.0.2.1"))) {
			expectRefused(from("192.0.2.1"), 429, "Too many connections from this address");
			try (RawWs other = connectSoon(from("192.0.2.2"))) {
				expectEcho(first, second, other);
			}
		}
	}

	@Test
	void addressesOfOneNetworkOfIpv6AreOne() {
		serveEcho();
		try (RawWs first = connectSoon(from("[2001:db8:1:2::1]"));
				RawWs second = connectSoon(from("[2001:db8:1:2:f::2]"))) {
			expectRefused(from("[2001:db8:1:2:ffff::3]"), 429, "Too many connections from this address");
			try (RawWs other = connectSoon(from("[2001:db8:1:3::1]"))) {
				expectEcho(first, second, other);
			}
		}
	}

	@Test
	void connectionsOfOneUserBeyondTheLimitAre429() {
		serveEcho();
		try (RawWs first = connectSoon(from("192.0.2.1").header("X-User", "alice"))) {
			expectRefused(from("192.0.2.2").header("X-User", "alice"), 429, "Too many connections of this user");
			try (RawWs other = connectSoon(from("192.0.2.2").header("X-User", "bob"));
					RawWs nobody = connectSoon(from("192.0.2.3"))) {
				expectEcho(first, other, nobody);
			}
		}
	}

	@Test
	void connectionRefusedForItsUserDoesNotCountForItsAddress() {
		serveEcho();
		try (RawWs first = connectSoon(from("192.0.2.1").header("X-User", "alice"))) {
			for (int i = 0; i < 5; i++) {
				expectRefused(from("192.0.2.1").header("X-User", "alice"), 429, "Too many connections of this user");
			}
			try (RawWs other = from("192.0.2.1").connect()) {
				expectEcho(first, other);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyEndMakesRoomForOneMore(End end) {
		Outcome<?> ending = server.serve(end.handler);
		RawWs ended = server.handshake().send();
		try (ended) {
			end.client.accept(ended);
			ending.awaitEnd();
		}
		serveEcho();
		try (RawWs first = connectSoon(server.handshake()); RawWs second = connectSoon(server.handshake())) {
			expectRefused(server.handshake(), 429, "Too many connections from this address");
			expectEcho(first, second);
		}
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void connectionRefusedForLackOfAThreadDoesNotCount() {
		try (TestServer single = TestServer.start(Echo.class, "nexios.ws.handler.max-threads=1",
				"nexios.ws.limits.connections=2"); RawWs first = single.connect("/echo")) {
			for (int i = 0; i < 5; i++) {
				expectRefused(single.handshake("/echo"), 503, "The server is overloaded");
			}
			expectEcho(first);
		}
	}

	private static void serveEcho() {
		server.serve(ConnectionLimitSocketTests::echo);
	}

	private static void echo(WebSocket ws) {
		ws.accept();
		ws.messages().forEach(ws::send);
	}

	private static void expectEcho(RawWs... clients) {
		for (RawWs client : clients) {
			client.sendText("undisturbed");
			client.expectText("undisturbed");
		}
	}

	private static RawHandshake from(String address) {
		return server.handshake().header("X-Forwarded-For", address);
	}

	/**
	 * Connect as soon as connections that have ended no longer count.
	 */
	private static RawWs connectSoon(RawHandshake handshake) {
		return Awaitility.await("room for one more").atMost(RawWs.TIMEOUT).until(() -> {
			RawWs client = handshake.send();
			return isAccepted(client) ? client : null;
		}, (client) -> client != null);
	}

	private static boolean isAccepted(RawWs client) {
		boolean accepted = client.status() == 101;
		if (!accepted) {
			client.close();
		}
		return accepted;
	}

	private static void expectRefused(RawHandshake handshake, int status, String detail) {
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(status);
			assertThat(client.header("Retry-After")).isEqualTo("1");
			assertThat(client.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(client.body()).contains("\"detail\":\"" + detail + "\"");
		}
	}

	/**
	 * How a handshake or connection may end.
	 */
	private enum End {

		REJECTED((ws) -> ws.reject(HttpStatus.FORBIDDEN), expectStatus(403)),

		UNDECIDED((ws) -> {
		}, expectStatus(500)),

		FAILED_UNDECIDED((ws) -> {
			throw new WebSocketException(1008, "before it is decided");
		}, expectStatus(403)),

		TIMED_OUT(End::waitForTheEnd, expectStatus(503)),

		RETURNED(WebSocket::accept, (client) -> {
			client.expectClose(1000);
			client.sendClose(1000, "");
		}),

		FAILED((ws) -> {
			ws.accept();
			throw new WebSocketException(4000, "after it is open");
		}, (client) -> {
			client.expectClose(4000);
			client.sendClose(4000, "");
		}),

		LIMIT_EXCEEDED(ConnectionLimitSocketTests::echo, (client) -> {
			client.sendText("x".repeat(101));
			client.expectClose(1009);
			client.sendClose(1009, "");
		}),

		PEER_LEFT(ConnectionLimitSocketTests::echo, (client) -> {
			expectStatus(101).accept(client);
			client.leave();
		}),

		PEER_VANISHED(ConnectionLimitSocketTests::echo, (client) -> {
			expectStatus(101).accept(client);
			client.abort();
		}),

		PEER_VANISHED_UNDECIDED(End::waitForTheEnd, RawWs::abort);

		private final WSHandler handler;

		private final Consumer<RawWs> client;

		End(WSHandler handler, Consumer<RawWs> client) {
			this.handler = handler;
			this.client = client;
		}

		private static void waitForTheEnd(WebSocket ws) {
			Outcome.waitFor(ws.closed());
		}

		private static Consumer<RawWs> expectStatus(int status) {
			return (client) -> assertThat(client.status()).isEqualTo(status);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WebSocketRoute echo() {
			return new WebSocketRoute("/echo", ConnectionLimitSocketTests::echo);
		}

	}

}
