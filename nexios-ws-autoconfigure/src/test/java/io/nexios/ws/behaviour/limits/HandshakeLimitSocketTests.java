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

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.spi.RateLimiter;
import io.nexios.ws.spi.RateLimiters;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits for the number of waiting handshakes, and for the number of handshakes per
 * second.
 *
 * @author Nexios Team
 */
class HandshakeLimitSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Rates.class).with("nexios.ws.limits.undecided-handshakes=2")
		.with("nexios.ws.limits.handshakes-per-second=7");

	@Test
	void undecidedHandshakesBeyondTheLimitAre503() {
		serveEcho();
		try (RawWs open = server.connect()) {
			Signal decided = new Signal();
			Outcome<?> first = serveAfter(decided);
			try (RawWs one = server.handshake().send()) {
				first.webSocket();
				Outcome<?> second = serveAfter(decided);
				try (RawWs two = server.handshake().send()) {
					second.webSocket();
					expectRefused("Too many handshakes at a time");
					expectEcho(open);
					decided.fire();
					expectEcho(one, two);
				}
			}
		}
	}

	@Test
	void handshakesThatAreDecidedDoNotCount() {
		serveEcho();
		try (RawWs one = server.connect(); RawWs two = server.connect(); RawWs three = server.connect()) {
			expectEcho(one, two, three);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 101, 403 })
	void handshakesWhoseClientsHaveTheAnswerDoNotCount(int status) {
		Signal known = new Signal();
		server.bean(HeldFlushes.class).held = known;
		server.serve((status == 101) ? HandshakeLimitSocketTests::echo : WebSocket::close);
		try (RawWs one = answered(status); RawWs two = answered(status); RawWs three = answered(status)) {
			assertThat(known.isFired()).isFalse();
		}
		finally {
			known.fire();
			server.bean(HeldFlushes.class).held = null;
		}
	}

	private static RawWs answered(int status) {
		RawWs client = server.handshake().send();
		assertThat(client.status()).isEqualTo(status);
		return client;
	}

	@Test
	void handshakesThatAreRejectedDoNotCount() {
		for (int i = 0; i < 5; i++) {
			server.serve(WebSocket::close);
			try (RawWs client = server.handshake().send()) {
				assertThat(client.status()).isEqualTo(403);
			}
		}
	}

	@Test
	void handshakesBeyondTheRateAre503() {
		serveEcho();
		try (RawWs open = server.connect()) {
			server.bean(Rates.class).exhausted.set(true);
			for (int i = 0; i < 5; i++) {
				expectRefused("Too many handshakes");
			}
			expectEcho(open);
		}
		finally {
			server.bean(Rates.class).exhausted.set(false);
		}
		// Refused handshakes have left no state
		try (RawWs one = server.connect(); RawWs two = server.connect()) {
			expectEcho(one, two);
		}
	}

	@Test
	void handshakesAreCountedByTheSecond() {
		try (TestServer limited = TestServer.start(Echo.class, "nexios.ws.limits.handshakes-per-second=1");
				RawWs first = limited.connect("/echo")) {
			boolean refused = false;
			for (int i = 0; i < 100 && !refused; i++) {
				try (RawWs client = limited.handshake("/echo").send()) {
					refused = client.status() == 503;
				}
			}
			assertThat(refused).isTrue();
			expectEcho(first);
		}
	}

	private static void serveEcho() {
		server.serve(HandshakeLimitSocketTests::echo);
	}

	private static Outcome<?> serveAfter(Signal decided) {
		return server.serve((ws) -> {
			decided.await();
			echo(ws);
		});
	}

	private static void echo(WebSocket ws) {
		ws.accept();
		ws.messages().forEach(ws::send);
	}

	private static void expectEcho(RawWs... clients) {
		for (RawWs client : clients) {
			assertThat(client.status()).isEqualTo(101);
			client.sendText("undisturbed");
			client.expectText("undisturbed");
		}
	}

	private static void expectRefused(String detail) {
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			assertThat(client.header("Retry-After")).isEqualTo("1");
			assertThat(client.body()).contains("\"detail\":\"" + detail + "\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Rates {

		private final AtomicBoolean exhausted = new AtomicBoolean();

		@Bean
		HeldFlushes heldFlushes() {
			return new HeldFlushes();
		}

		@Bean
		RateLimiters rateLimiters() {
			return (perSecond, burst) -> new RateLimiter() {

				@Override
				public boolean tryAcquire(long permits) {
					return !Rates.this.exhausted.get();
				}

				@Override
				public void credit(long nanos) {
				}

			};
		}

	}

	/**
	 * Holds requests when their answers are on the way.
	 */
	static class HeldFlushes implements Filter {

		private volatile @Nullable Signal held;

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {

				@Override
				public void flushBuffer() throws IOException {
					super.flushBuffer();
					Signal held = HeldFlushes.this.held;
					if (held != null) {
						held.await();
					}
				}

			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WebSocketRoute echo() {
			return new WebSocketRoute("/echo", HandshakeLimitSocketTests::echo);
		}

	}

}
