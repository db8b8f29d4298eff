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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Delivery of messages that were sent before a close, and peers that continue to send
 * after it.
 *
 * @author Nexios Team
 */
class CloseDeliverySocketTests {

	private static final int MESSAGES = 40;

	private static final String MESSAGE = "x".repeat(8 * 1024);

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.close.timeout=2s",
			"nexios.ws.close.max-time=9s");

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1008, 1011, 1013, 4000 })
	void everythingArrivesAtAPeerThatSendsOn(int code) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			sendAll(ws);
			ws.close(code);
		});
		try (RawWs client = server.handshake().receiveBuffer(4 * 1024).connect()) {
			await().until(() -> !outcome.webSocket().isConnected());
			for (int i = 0; i < MESSAGES; i++) {
				client.sendText("and another thing");
				client.expectText(MESSAGE);
			}
			client.expectClose(code);
			client.sendClose(code, "");
			assertThat(outcome.closed().getCode()).isEqualTo(code);
		}
	}

	@Test
	void everythingArrivesAtAPeerThatSendsWithoutReadingForLongerThanTheTimeout() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			sendAll(ws);
		});
		try (RawWs client = server.connect()) {
			long start = System.nanoTime();
			await().pollInterval(Duration.ofMillis(100)).until(() -> {
				client.sendText("still here");
				return System.nanoTime() - start > TimeUnit.SECONDS.toNanos(5);
			});
			for (int i = 0; i < MESSAGES; i++) {
				client.expectText(MESSAGE);
			}
			client.expectClose(1000);
			client.sendClose(1000, "");
			assertThat(outcome.closed().getCode()).isEqualTo(1000);
		}
	}

	@Test
	void peerThatNeverAnswersIsDroppedAfterTheTimeoutAndCountsUntilThen() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			ConnectionRegistry connections = server.bean(ConnectionRegistry.class);
			assertThat(connections.size()).isEqualTo(1);
			assertThat(outcome.webSocket().closed().toCompletableFuture()).isNotDone();
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			assertThat(connections.size()).isZero();
			client.expectEnd();
		}
	}

	@Test
	void peerThatSendsOnForeverIsDroppedAfterTheLongestTime() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			long start = System.nanoTime();
			client.expectClose(1000);
			CompletableFuture<?> closed = outcome.webSocket().closed().toCompletableFuture();
			await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100)).until(() -> {
				if (!closed.isDone()) {
					trySend(client);
				}
				return closed.isDone();
			});
			assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(8));
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

	private static void trySend(RawWs client) {
		try {
			client.sendText("and on");
		}
		catch (RuntimeException ex) {
			// Dropped meanwhile
		}
	}

	@Test
	void peerThatHangsUpAfterTheCloseHasSeenIt() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			client.halfClose();
			assertThat(outcome.closed().getCode()).isEqualTo(1000);
		}
	}

	@Test
	void peerThatVanishesAfterTheCloseHasSeenIt() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			client.abort();
			assertThat(outcome.closed().getCode()).isEqualTo(1000);
		}
	}

	@Test
	void stopDeliversEverythingToAPeerThatSendsOn() {
		TestServer stopping = TestServer.start(Sending.class);
		try (stopping; RawWs client = stopping.handshake("/send").receiveBuffer(4 * 1024).connect()) {
			assertThat(client.status()).isEqualTo(101);
			await().until(() -> stopping.bean(Sending.class).sent.isDone());
			CompletableFuture<Void> closing = CompletableFuture.runAsync(stopping::close);
			for (int i = 0; i < MESSAGES; i++) {
				client.sendText("and another thing");
				client.expectText(MESSAGE);
			}
			client.expectClose(1001);
			client.sendText("and a last one");
			assertThat(closing).isNotDone();
			client.sendClose(1001, "");
			assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void stopWaitsForAnswersNoLongerThanItsTimeout() {
		TestServer stopping = TestServer.start(List.of(Sending.class), "nexios.ws.shutdown.timeout=2s");
		try (stopping; RawWs client = stopping.connect("/send")) {
			await().until(() -> stopping.bean(Sending.class).sent.isDone());
			CompletableFuture<Void> closing = CompletableFuture.runAsync(stopping::close);
			assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
			List<RawFrame> frames = client.readToEnd();
			assertThat(frames).hasSize(MESSAGES + 1);
			assertThat(frames.get(MESSAGES).closeCode()).isEqualTo(1001);
		}
	}

	private static void sendAll(WebSocket ws) {
		for (int i = 0; i < MESSAGES; i++) {
			ws.sendText(MESSAGE);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Sending {

		private final CompletableFuture<Void> sent = new CompletableFuture<>();

		@Bean
		WSRouter sendingRouter() {
			return new WSRouter().addWsRoute("/send", (ws) -> {
				ws.accept();
				sendAll(ws);
				this.sent.complete(null);
				ws.awaitDisconnect();
			});
		}

	}

}
