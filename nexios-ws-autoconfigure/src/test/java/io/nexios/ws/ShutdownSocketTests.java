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

package io.nexios.ws;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients and handlers see when the application stops.
 *
 * @author Nexios Team
 */
class ShutdownSocketTests {

	@Test
	void connectionsAreClosedWith1001AfterWhatWasSent() {
		TestServer server = TestServer.start(Routes.class);
		try (server; RawWs waiting = server.connect("/receive"); RawWs idle = server.connect("/receive")) {
			server.bean(Routes.class).send(1_000);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			for (RawWs client : new RawWs[] { waiting, idle }) {
				for (int i = 0; i < 1_000; i++) {
					client.expectText("last words " + i);
				}
				client.expectClose(1001);
				client.sendClose(1001, "");
			}
			assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void handlerThatWorksOnHasTimeToReturn() {
		TestServer server = TestServer.start(Routes.class);
		try (server; RawWs client = server.connect("/work")) {
			Routes routes = server.bean(Routes.class);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectClose(1001);
			client.sendClose(1001, "");
			assertThat(closing).isNotDone();
			routes.go.countDown();
			assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
			assertThat(routes.returned).isCompletedWithValue("in peace");
		}
	}

	@Test
	void handlerThatDoesNotReturnIsInterrupted() {
		TestServer server = TestServer.start(Routes.class, "nexios.ws.shutdown.timeout=300ms");
		try (server; RawWs client = server.connect("/work")) {
			Routes routes = server.bean(Routes.class);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectClose(1001);
			assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
			assertThat(routes.returned).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("interrupted");
		}
	}

	@Test
	void handshakesAre503WhileConnectionsAreClosed() {
		TestServer server = TestServer.start(Routes.class);
		try (server; RawWs client = server.connect("/work")) {
			Routes routes = server.bean(Routes.class);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectClose(1001);
			try (RawWs late = server.handshake("/receive").send()) {
				assertThat(late.status()).isEqualTo(503);
			}
			routes.go.countDown();
			assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		final CountDownLatch go = new CountDownLatch(1);

		final CompletableFuture<String> returned = new CompletableFuture<>();

		private final Set<WebSocket> open = ConcurrentHashMap.newKeySet();

		void send(int messages) {
			await().until(() -> this.open.size() == 2);
			for (int i = 0; i < messages; i++) {
				for (WebSocket ws : this.open) {
					ws.sendText("last words " + i);
				}
			}
		}

		@Bean
		WSRouter shutdownRouter() {
			return new WSRouter().addWsRoute("/receive", (ws) -> {
				ws.accept();
				this.open.add(ws);
				ws.awaitDisconnect();
			}).addWsRoute("/work", (ws) -> {
				ws.accept();
				try {
					this.go.await();
					this.returned.complete("in peace");
				}
				catch (InterruptedException ex) {
					this.returned.complete("interrupted");
				}
			});
		}

	}

}
