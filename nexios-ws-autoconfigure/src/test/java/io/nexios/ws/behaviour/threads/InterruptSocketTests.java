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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Handlers whose thread is interrupted.
 *
 * @author Nexios Team
 */
class InterruptSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@ParameterizedTest
	@MethodSource("receives")
	void interruptBeforeReceiveEndsTheWaitAndNotTheConnection(Consumer<WebSocket> receive) {
		server.serve((ws) -> {
			ws.accept();
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(WebSocketInterruptedException.class).isThrownBy(() -> receive.accept(ws));
			assertThat(Thread.interrupted()).isTrue();
			ws.sendText("ready");
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.expectText("ready");
			client.sendText("unharmed");
			client.expectText("unharmed");
		}
	}

	static Stream<Named<Consumer<WebSocket>>> receives() {
		return Stream.of(Named.of("receive", WebSocket::receive), Named.of("receiveText", WebSocket::receiveText),
				Named.of("receive(Duration)", (ws) -> ws.receive(Duration.ofSeconds(10))),
				Named.of("texts", (ws) -> ws.texts().forEach((text) -> {
				})), Named.of("awaitDisconnect", WebSocket::awaitDisconnect));
	}

	@Test
	void interruptDuringReceiveEndsTheWaitAndNotTheConnection() {
		AtomicReference<Thread> receiver = new AtomicReference<>();
		Signal waiting = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			receiver.set(Thread.currentThread());
			waiting.fire();
			assertThatExceptionOfType(WebSocketInterruptedException.class).isThrownBy(ws::receive);
			assertThat(Thread.interrupted()).isTrue();
			ws.sendText("interrupted");
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			waiting.await();
			await().until(() -> receiver.get().getState() == Thread.State.WAITING
					|| receiver.get().getState() == Thread.State.WAITING);
			receiver.get().interrupt();
			client.expectText("interrupted");
			client.sendText("unharmed");
			client.expectText("unharmed");
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void interruptDuringAcceptKeepsTheFlagWhetherItEndsTheWaitOrNot() {
		server.serve((ws) -> {
			Thread.currentThread().interrupt();
			assertThat(catchThrowable(ws::accept)).satisfiesAnyOf((thrown) -> assertThat(thrown).isNull(),
					(thrown) -> assertThat(thrown).isInstanceOf(WebSocketInterruptedException.class));
			assertThat(Thread.interrupted()).isTrue();
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isIn(101, 500);
		}
	}

	@Test
	void sendWithInterruptFlagSetHarmsNothingAndKeepsTheFlag() {
		server.serve((ws) -> {
			ws.accept();
			Thread.currentThread().interrupt();
			for (int i = 0; i < 100; i++) {
				ws.sendText("message " + i);
			}
			ws.sendBytes(new byte[200_000]);
			ws.ping();
			assertThat(Thread.interrupted()).isTrue();
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 100; i++) {
				client.expectText("message " + i);
			}
			assertThat(client.readBinary()).hasSize(200_000);
			client.sendText("unharmed");
			client.expectText("unharmed");
		}
	}

	@Test
	void closeWithInterruptFlagSetSendsTheClose() {
		server.serve((ws) -> {
			ws.accept();
			Thread.currentThread().interrupt();
			ws.close(4000, "bye");
			assertThat(Thread.interrupted()).isTrue();
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(4000)).isEqualTo("bye");
		}
	}

	@Test
	void returningWithInterruptFlagSetStillCloses1000() {
		server.serve((ws) -> {
			ws.accept();
			Thread.currentThread().interrupt();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

	@Test
	void escapingInterruptCloses1011() {
		server.serve((ws) -> {
			ws.accept();
			Thread.currentThread().interrupt();
			ws.receive();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1011);
		}
	}

}
