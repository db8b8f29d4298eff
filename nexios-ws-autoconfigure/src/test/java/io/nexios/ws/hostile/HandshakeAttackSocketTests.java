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

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are not a handshake, or not HTTP. They are refused without calling a
 * handler.
 *
 * @author Nexios Team
 */
class HandshakeAttackSocketTests {

	private static final Object[] REFUSALS = { 0, 400, 404, 405, 411, 414, 426, 431, 501, 505 };

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer();

	private Outcome<@Nullable Void> outcome;

	@BeforeEach
	void serve() {
		this.outcome = server.serve(WebSocket::accept);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "get", "BREW", "G\u0000T", "" })
	void otherMethodIsRefused(String method) {
		expectRefusal(server.handshake().method(method).replace("Connection", "Upgrade, close"));
	}

	/**
	 * Servlets echo it, unless the container forbids it as Tomcat does.
	 */
	@Test
	void traceIsNotForTheHandler() {
		try (RawWs client = server.handshake().method("TRACE").send()) {
			assertThat(client.status()).isIn(200, 405);
			assertThat(this.outcome.calls()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("handshakes")
	void handshakeThatIsNotOneIsRefused(UnaryOperator<RawHandshake> change) {
		expectRefusal(change.apply(server.handshake()));
	}

	static Stream<Named<UnaryOperator<RawHandshake>>> handshakes() {
		return Stream.of(named("empty upgrade", (it) -> it.replace("Upgrade", "")),
				named("almost websocket", (it) -> it.replace("Upgrade", "websocket2")),
				named("HTTP/2 without TLS",
						(it) -> it.replace("Upgrade", "h2c")
							.replace("Connection", "Upgrade, HTTP2-Settings")
							.header("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA")),
				named("empty connection", (it) -> it.replace("Connection", "")),
				named("closing connection", (it) -> it.replace("Connection", "close")),
				named("almost upgrade", (it) -> it.replace("Connection", "Upgraded")),
				named("empty version", (it) -> it.replace("Sec-WebSocket-Version", "")),
				named("negative version", (it) -> it.replace("Sec-WebSocket-Version", "-13")),
				named("version as a fraction", (it) -> it.replace("Sec-WebSocket-Version", "13.0")),
				named("huge version", (it) -> it.replace("Sec-WebSocket-Version", "9".repeat(4000))),
				named("list of versions", (it) -> it.replace("Sec-WebSocket-Version", "8, 13")),
				named("empty key", (it) -> it.replace("Sec-WebSocket-Key", "")),
				named("long key", (it) -> it.replace("Sec-WebSocket-Key", "A".repeat(4000))),
				named("key that is not ASCII", (it) -> it.replace("Sec-WebSocket-Key", "\u00e4".repeat(22) + "==")),
				named("key with padding within", (it) -> it.replace("Sec-WebSocket-Key", "=".repeat(24))),
				named("hixie 76",
						(it) -> it.without("Sec-WebSocket-Key")
							.without("Sec-WebSocket-Version")
							.header("Sec-WebSocket-Key1", "4 @1  46546xW%0l 1 5")
							.header("Sec-WebSocket-Key2", "12998 5 Y3 1  .P00")),
				named("hixie 75", (it) -> it.without("Sec-WebSocket-Key").without("Sec-WebSocket-Version")),
				named("no host", (it) -> it.without("Host")),
				named("two hosts", (it) -> it.header("Host", "evil.example")),
				named("host that is none", (it) -> it.replace("Host", "a b:c/d?@")),
				named("two lengths", (it) -> it.headers("Content-Length: 1", "Content-Length: 2")),
				named("negative length", (it) -> it.header("Content-Length", "-1")),
				named("length and chunks", (it) -> it.headers("Content-Length: 3", "Transfer-Encoding: chunked")),
				named("body", (it) -> it.header("Content-Length", "1000000")),
				named("chunked body", (it) -> it.header("Transfer-Encoding", "chunked")),
				named("unknown coding", (it) -> it.header("Transfer-Encoding", "evil")),
				named("header without colon", (it) -> it.headers("evil")),
				named("header without name", (it) -> it.headers(": evil")),
				named("NUL in header", (it) -> it.header("X", "a\0b")),
				named("carriage return in header", (it) -> it.header("X", "a\rb")));
	}

	private static Named<UnaryOperator<RawHandshake>> named(String name, UnaryOperator<RawHandshake> change) {
		return Named.of(name, change);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r\n\r\n\r\n", "\n", "GET\r\n\r\n", "GET /t\r\n\r\n",
			"GET /t HTTP/9.9\r\nHost: x\r\n\r\n", "GET  /t  HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET t HTTP/1.1\r\nHost: x\r\n\r\n", "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET * HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
			"\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
			"\u0081\u0085\u0001\u0002\u0003\u0004hello", "\0\0\0\0", "{\"type\":\"hello\"}\n" })
	void bytesThatAreNoRequestAreRefused(String bytes) {
		try (RawWs client = server.handshake().connectOnly()) {
			client.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
			client.halfClose();
			assertThat(client.statusOrEnd()).isIn(0, 400, 404, 405, 426, 501, 505);
			assertThat(this.outcome.calls()).isZero();
		}
	}

	@Test
	void pathOfOneRouteAmongThousandsOfCharactersIsRefused() {
		expectRefusal(server.handshake("/t/" + "x".repeat(100_000)));
		expectRefusal(server.handshake("/t?" + "&a=b".repeat(20_000)));
	}

	@ParameterizedTest
	@MethodSource("properHandshakes")
	void unusualButProperHandshakeIsAccepted(UnaryOperator<RawHandshake> change) {
		try (RawWs client = change.apply(server.handshake()).connect()) {
			client.expectClose(1000);
			client.sendClose(1000, "");
			client.expectEnd();
		}
	}

	static Stream<Named<UnaryOperator<RawHandshake>>> properHandshakes() {
		return Stream.of(named("one byte at a time", (it) -> it.inPiecesOf(1)),
				named("list of connection options", (it) -> it.replace("Connection", "keep-alive, Upgrade")),
				named("upper case", (it) -> it.replace("Upgrade", "WEBSOCKET").replace("Connection", "upgrade")),
				named("malformed subprotocols", (it) -> it.header("Sec-WebSocket-Protocol", ",, ,a b,(),\u00ff")),
				named("malformed cookies", (it) -> it.header("Cookie", "=;;\"=\u00ff;$Version=9")),
				named("malformed languages", (it) -> it.header("Accept-Language", "*;q=x,-,de-")));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", ";", ";;;", ",", ";,;", "=", "a;", "a;=", "a=b", "permessage-deflate; x=\"", "\u00ff" })
	void malformedExtensionsAreRefusedOrLeftOut(String extensions) {
		try (RawWs client = server.handshake().header("Sec-WebSocket-Extensions", extensions).send()) {
			assertThat(client.status()).isIn(101, 400);
			assertThat(client.headers().headerNames()).doesNotContain("Sec-WebSocket-Extensions");
		}
	}

	/**
	 * Tomcat refuses more than Jetty.
	 * @param query a query that is not encoded UTF-8
	 */
	@ParameterizedTest
	@ValueSource(strings = { "a=%C3%28", "%", "=", "==b", "%z=1", "a=%00", "%00=a", "\u00ff=\u00ff" })
	void malformedQueryIsRefusedOrHarmless(String query) {
		try (RawWs client = server.handshake("/t?" + query).send()) {
			assertThat(client.status()).isIn(101, 400);
		}
	}

	private void expectRefusal(RawHandshake handshake) {
		try (RawWs client = handshake.send()) {
			assertThat(client.statusOrEnd()).isIn(REFUSALS);
			assertThat(this.outcome.calls()).isZero();
		}
	}

}
