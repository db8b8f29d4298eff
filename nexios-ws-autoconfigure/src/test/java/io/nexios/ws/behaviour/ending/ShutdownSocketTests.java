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

package io.nexios.ws.behaviour.ending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketDrainEvent;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
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

	private static final int MANY = 50;

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
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
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
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
			assertThat(routes.returned).isCompletedWithValue("in peace");
		}
	}

	@Test
	void handlerThatDoesNotReturnIsInterrupted() {
		TestServer server = TestServer.start(Routes.class, "nexios.ws.shutdown.timeout=2s");
		try (server; RawWs client = server.connect("/work")) {
			Routes routes = server.bean(Routes.class);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectClose(1001);
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
			assertThat(routes.returned).succeedsWithin(RawWs.TIMEOUT).isEqualTo("interrupted");
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
				assertThat(late.header("Retry-After")).isEqualTo("1");
				assertThat(late.body()).contains("The server is stopping");
			}
			routes.go.countDown();
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
		}
	}

	@Test
	void listenerHasALastWord() {
		TestServer server = TestServer.start(List.of(Routes.class, LastWords.class));
		try (server; RawWs client = server.connect("/receive")) {
			await().until(() -> !server.bean(Routes.class).open.isEmpty());
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectText("We are moving");
			client.expectClose(1001);
			client.sendClose(1001, "");
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
		}
	}

	@Test
	void lastCallbackOfAConsumerIsAwaited() {
		TestServer server = TestServer.start(Leaving.class);
		try (server; RawWs client = server.connect("/consumer")) {
			CountDownLatch go = server.bean(CountDownLatch.class);
			AtomicBoolean left = server.bean(AtomicBoolean.class);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectClose(1001);
			client.sendClose(1001, "");
			assertThat(closing).isNotDone();
			go.countDown();
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
			assertThat(left).isTrue();
		}
	}

	@Test
	void handlerThatIgnoresInterruptsDoesNotKeepTheApplication() {
		TestServer server = TestServer.start(Routes.class, "nexios.ws.shutdown.timeout=2s");
		try (server; RawWs client = server.connect("/stubborn")) {
			Routes routes = server.bean(Routes.class);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			client.expectClose(1001);
			assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
			routes.go.countDown();
		}
	}

	@Test
	void manyBusyConnectionsAreAllClosedWith1001AfterWhatWasSent() throws Exception {
		TestServer server = TestServer.start(Routes.class, "nexios.ws.shutdown.timeout=40s",
				"spring.lifecycle.timeout-per-shutdown-phase=50s", "nexios.ws.shutdown.batch-size=7");
		List<RawWs> clients = new ArrayList<>();
		try (server) {
			for (int i = 0; i < MANY; i++) {
				clients.add(server.connect("/busy"));
			}
			Routes routes = server.bean(Routes.class);
			await().until(() -> routes.busy.get() == MANY);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			for (RawWs client : clients) {
				int received = 0;
				RawFrame frame = client.readFrame();
				while (frame.opcode() != RawFrame.CLOSE) {
					if (frame.opcode() == RawFrame.TEXT) {
						assertThat(frame.text()).isEqualTo(String.valueOf(received));
						received++;
					}
					frame = client.readFrame();
				}
				assertThat(frame.closeCode()).isEqualTo(1001);
				client.sendClose(1001, "");
				assertThat(received).isPositive();
			}
			assertThat(closing).succeedsWithin(Duration.ofSeconds(40));
			assertThat(routes.codes).hasSize(MANY).containsOnly(1001);
		}
		finally {
			clients.forEach(RawWs::close);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class LastWords {

		@Bean
		ApplicationListener<PayloadApplicationEvent<WebSocketDrainEvent>> lastWords(Routes routes) {
			return new ApplicationListener<>() {

				@Override
				public void onApplicationEvent(PayloadApplicationEvent<WebSocketDrainEvent> event) {
					routes.open.forEach((ws) -> ws.sendText("We are moving"));
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Leaving {

		@Bean
		CountDownLatch go() {
			return new CountDownLatch(1);
		}

		@Bean
		AtomicBoolean left() {
			return new AtomicBoolean();
		}

		@Bean
		WebSocketRoute leaving(CountDownLatch go, AtomicBoolean left) {
			return WebSocketConsumer.asRoute("/consumer", () -> new WebSocketConsumer<String>() {

				@Override
				protected void onDisconnect(WebSocket ws, int code) throws Exception {
					go.await();
					left.set(true);
				}

			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		final CountDownLatch go = new CountDownLatch(1);

		final AtomicInteger busy = new AtomicInteger();

		final Queue<Integer> codes = new ConcurrentLinkedQueue<>();

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
			}).addWsRoute("/busy", (ws) -> {
				ws.accept();
				this.busy.incrementAndGet();
				try {
					for (int i = 0; i < Integer.MAX_VALUE; i++) {
						ws.sendText(String.valueOf(i));
						LockSupport.parkNanos(1_000_000);
					}
				}
				catch (WebSocketDisconnect ex) {
					this.codes.add(ex.code());
				}
			}).addWsRoute("/stubborn", (ws) -> {
				ws.accept();
				while (this.go.getCount() > 0) {
					Thread.interrupted();
					LockSupport.parkNanos(1_000_000);
				}
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
