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

package io.nexios.ws.behaviour.threads;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.spi.HandlerContext;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The context that handlers and consumers get from the thread of their request.
 *
 * @author Nexios Team
 */
class HandlerContextSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	private static final Queue<String> order = new ConcurrentLinkedQueue<>();

	private static final Queue<String> ends = new ConcurrentLinkedQueue<>();

	@Test
	void handlerHasTheLoggingContextOfItsRequest() {
		Outcome<Map<String, String>> outcome = server.evaluate((ws) -> {
			ws.accept();
			return Map.copyOf(MDC.getCopyOfContextMap());
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, "X-Trace: abc")) {
			assertThat(outcome.get()).containsOnly(Map.entry("trace", "abc"),
					Map.entry("nexios.ws.connection", outcome.webSocket().id()),
					Map.entry("nexios.ws.route", SocketServer.ROUTE));
			client.expectClose(1000);
		}
	}

	@Test
	void loggingContextWithANullDoesNotFailTheHandshake() {
		Outcome<String> outcome = server.evaluate((ws) -> {
			ws.accept();
			return MDC.get("trace") + " " + MDC.get("caller");
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, "X-Trace: abc", "X-Null: yes")) {
			assertThat(outcome.get()).isEqualTo("abc null");
			client.expectClose(1000);
		}
		try (RawWs client = server.connect("/consumer/1", "X-Trace: abc", "X-Null: yes")) {
			client.expectText("abc /consumer/{id}");
			client.sendText("hello");
			client.expectText("abc /consumer/{id}");
		}
	}

	@Test
	void consumerHasTheContextInAllCallbacksAndEndsIt() {
		try (RawWs client = server.connect("/consumer/1", "X-Trace: abc")) {
			client.expectText("abc /consumer/{id}");
			client.sendText("hello");
			client.expectText("abc /consumer/{id}");
		}
		Awaitility.await().until(() -> ends.contains("disconnected abc /consumer/{id}"));
	}

	@Test
	void connectionsNeverSeeTheContextOfOthers() {
		List<RawWs> clients = List.of(server.connect("/consumer/1", "X-Trace: a"),
				server.connect("/consumer/2", "X-Trace: b"), server.connect("/consumer/3"));
		List<String> traces = List.of("a", "b", "null");
		for (int i = 0; i < clients.size(); i++) {
			clients.get(i).expectText(traces.get(i) + " /consumer/{id}");
		}
		for (int round = 0; round < 10; round++) {
			clients.forEach((client) -> client.sendText("hello"));
			for (int i = 0; i < clients.size(); i++) {
				clients.get(i).expectText(traces.get(i) + " /consumer/{id}");
			}
		}
		clients.forEach(RawWs::close);
	}

	@Test
	void contextsOfTheApplicationApplyInTheirOrder() {
		try (RawWs client = server.connect("/ordered")) {
			client.expectClose(1000);
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(order).containsExactly("outer in", "inner in", "handler", "inner out",
					"outer out"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		OncePerRequestFilter traces() {
			return new OncePerRequestFilter() {

				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws ServletException, IOException {
					String trace = request.getHeader("X-Trace");
					if (request.getHeader("X-Null") != null) {
						MDC.put("caller", null);
					}
					try (MDC.MDCCloseable ignored = (trace != null) ? MDC.putCloseable("trace", trace) : null) {
						chain.doFilter(request, response);
					}
					finally {
						MDC.remove("caller");
					}
				}

			};
		}

		@Bean
		@Order(1)
		HandlerContext outer() {
			return logging("outer");
		}

		@Bean
		@Order(2)
		HandlerContext inner() {
			return logging("inner");
		}

		private static HandlerContext logging(String name) {
			return (ws, route) -> route.equals("/ordered") ? (code) -> () -> {
				order.add(name + " in");
				code.run();
				order.add(name + " out");
			} : null;
		}

		@Bean
		WebSocketRoute ordered() {
			return new WebSocketRoute("/ordered", (ws) -> {
				ws.accept();
				order.add("handler");
			});
		}

		@Bean
		WebSocketRoute consumer() {
			return WebSocketConsumer.asRoute("/consumer/{id}", TellingConsumer::new);
		}

	}

	static class TellingConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.accept();
			ws.sendText(tell());
		}

		@Override
		protected void onReceive(WebSocket ws, String text) {
			ws.sendText(tell());
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			ends.add("disconnected " + tell());
		}

		private static String tell() {
			return MDC.get("trace") + " " + MDC.get("nexios.ws.route");
		}

	}

}
