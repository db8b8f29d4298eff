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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.nexios.ws.Acceptance;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.ContentCachingResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes that a handler accepts and the container refuses. The timeout for opening is
 * longer than clients wait, so the timeout answers none of them.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusedUpgradeSocketTests {

	private static final int TOO_LARGE = 20_000;

	@RegisterExtension
	static final SocketServer server = new SocketServer(Events.class).with("nexios.ws.accept-timeout=60s",
			"nexios.ws.compression=true");

	@Test
	void headerThatIsTooLargeIs500AndEndsTheHandler(CapturedOutput output) {
		expectRefusal((acceptance) -> acceptance.header("X-Large", "x".repeat(TOO_LARGE)), output);
	}

	@Test
	void headersThatAreTooLargeTogetherAre500(CapturedOutput output) {
		expectRefusal((acceptance) -> IntStream.range(0, 300)
			.forEach((i) -> acceptance.header("Set-Cookie", "name=" + "x".repeat(100) + i)), output);
	}

	private void expectRefusal(Consumer<Acceptance> customizer, CapturedOutput output) {
		Outcome<@Nullable WebSocketDisconnect> outcome = accepting(customizer);
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(client.headers().headerNames()).doesNotContain("X-Large", "Set-Cookie", "Sec-WebSocket-Accept");
			assertThat(outcome.get()).isNotNull();
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			assertThat(outcome.webSocket().isConnected()).isFalse();
			assertThat(server.bean(Events.class).connected).doesNotContain(outcome.webSocket().id());
			assertThat(output.getAll().lines().filter((line) -> line.startsWith("\tat "))).isEmpty();
			assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") || line.contains("ERROR")))
				.hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void refusalIsLoggedOnce(CapturedOutput output) {
		try (TestServer other = TestServer.start(TooLarge.class)) {
			for (int i = 0; i < 3; i++) {
				try (RawWs client = other.handshake("/too-large").send()) {
					assertThat(client.status()).isEqualTo(500);
				}
			}
			assertThat(output.getAll().lines().filter((line) -> line.contains("/too-large"))).singleElement()
				.asString()
				.contains("WARN", "Answered 500");
		}
	}

	@Test
	void responseThatAFilterBuffersIsSentAsGivenOrRefused() {
		try (TestServer other = TestServer.start(TooLarge.class)) {
			try (RawWs client = other.handshake("/too-large?buffered").send()) {
				assertThat(client.status()).isEqualTo(500);
			}
			try (RawWs client = other.connect("/small?buffered")) {
				client.expectClose(1000);
			}
		}
	}

	/**
	 * The container decides how much fits: by default 8 KB on Tomcat and 16 KB on Jetty.
	 * For every size, a handshake has to be either accepted or refused.
	 * @param limit the largest size of all headers
	 */
	@ParameterizedTest
	@ValueSource(ints = { 8 * 1024, 16 * 1024 })
	void everySizeIsSentAsGivenOrRefused(int limit) {
		for (int size = limit - 600; size < limit + 100; size += 20) {
			String value = "x".repeat(size);
			Outcome<@Nullable WebSocketDisconnect> outcome = accepting((acceptance) -> acceptance.header("X", value));
			try (RawWs client = server.handshake().send()) {
				if (client.status() == 101) {
					assertThat(client.header("X")).isEqualTo(value);
					assertThat(outcome.get()).isNull();
				}
				else {
					assertThat(client.status()).isEqualTo(500);
					assertThat(outcome.get()).isNotNull();
				}
			}
		}
	}

	@Test
	void refusalLeavesTheHttpConnectionOrEndsIt() {
		accepting((acceptance) -> acceptance.header("X-Large", "x".repeat(TOO_LARGE)));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(client.body()).doesNotContain("xxx");
			accepting((acceptance) -> {
			});
			try (RawWs next = server.connect()) {
				next.expectClose(1000);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate; server_max_window_bits=99", "permessage-deflate; unknown=1",
			"permessage-deflate; server_no_context_takeover; server_no_context_takeover",
			"permessage-deflate; client_max_window_bits=x", "permessage-deflate; server_max_window_bits" })
	void extensionThatCannotBeNegotiatedIsLeftOutOrRefusedAtOnce(String extension, CapturedOutput output) {
		Outcome<@Nullable WebSocketDisconnect> outcome = accepting((acceptance) -> {
		});
		try (RawWs client = server.handshake().header("Sec-WebSocket-Extensions", extension).send()) {
			assertThat(client.status()).isIn(101, 400);
			assertThat(outcome.get() == null).isEqualTo(client.status() == 101);
			if (client.status() == 400) {
				assertThat(client.body()).contains("\"Sec-WebSocket-Extensions\"");
			}
			assertThat(output.getAll().lines().filter((line) -> line.startsWith("\tat "))).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a, \"b", "\"a, b\", a", "a;b, a", "a, (b)" })
	void subprotocolOfferedAmongOthersThatAreNoneIsChosenOrRefusedAtOnce(String offered) {
		Outcome<@Nullable WebSocketDisconnect> outcome = accepting((acceptance) -> acceptance.subprotocol("a"));
		try (RawWs client = server.handshake().header("Sec-WebSocket-Protocol", offered).send()) {
			assertThat(client.status()).isIn(101, 400, 500);
			if (client.status() == 101) {
				assertThat(client.header("Sec-WebSocket-Protocol")).isEqualTo("a");
			}
		}
		outcome.awaitEnd();
	}

	@Test
	void rejectionThatTheContainerCannotWriteIs500() {
		Outcome<?> outcome = server.serve((ws) -> ws
			.reject(ResponseEntity.badRequest().header("X-Large", "x".repeat(TOO_LARGE)).body("too large")));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

	private static Outcome<@Nullable WebSocketDisconnect> accepting(Consumer<Acceptance> customizer) {
		return server.evaluate((ws) -> {
			try {
				ws.accept(customizer);
				return null;
			}
			catch (WebSocketDisconnect ex) {
				return ex;
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class TooLarge {

		@Bean
		WSRouter tooLarge() {
			return new WSRouter()
				.addWsRoute("/too-large",
						(ws) -> ws.accept((acceptance) -> acceptance.header("X-Large", "x".repeat(TOO_LARGE))))
				.addWsRoute("/small", WebSocket::accept);
		}

		@Bean
		Filter buffering() {
			return (request, response, chain) -> {
				boolean buffered = ((HttpServletRequest) request).getQueryString() != null;
				chain.doFilter(request,
						buffered ? new ContentCachingResponseWrapper((HttpServletResponse) response) : response);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Events {

		private final List<String> connected = new CopyOnWriteArrayList<>();

		@EventListener
		void connected(WebSocketConnectedEvent event) {
			this.connected.add(event.webSocket().id());
		}

	}

}
