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

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketState;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The states of a connection, and calls that do not fit them.
 *
 * @author Nexios Team
 */
class ConnectionStateSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@Test
	void statesFollowTheCloseOfThePeer() {
		Outcome<?> outcome = server.serve((ws) -> {
			assertStates(ws, WebSocketState.CONNECTING, WebSocketState.CONNECTING);
			assertThat(ws.isConnected()).isFalse();
			ws.accept();
			assertStates(ws, WebSocketState.CONNECTED, WebSocketState.CONNECTED);
			assertThat(ws.isConnected()).isTrue();
			ws.sendText("checked");
			ws.awaitDisconnect();
			assertThat(ws.clientState()).isEqualTo(WebSocketState.DISCONNECTED);
			assertThat(ws.isConnected()).isFalse();
		});
		try (RawWs client = server.connect()) {
			client.expectText("checked");
			client.sendClose(4000, "");
			client.expectClose(4000);
			client.expectEnd();
			outcome.closed();
			outcome.awaitEnd();
			await().untilAsserted(
					() -> assertStates(outcome.webSocket(), WebSocketState.DISCONNECTED, WebSocketState.DISCONNECTED));
		}
	}

	@Test
	void statesFollowTheCloseOfTheApplication() {
		Signal checked = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.close();
			assertThat(ws.applicationState()).isEqualTo(WebSocketState.DISCONNECTED);
			assertThat(ws.isConnected()).isFalse();
			checked.fire();
		});
		try (RawWs client = server.connect()) {
			checked.await();
			client.expectClose(1000);
			client.sendClose(1000, "");
			client.expectEnd();
			await().untilAsserted(
					() -> assertStates(outcome.webSocket(), WebSocketState.DISCONNECTED, WebSocketState.DISCONNECTED));
		}
	}

	@Test
	void statesFollowThePeerThatVanishes() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.abort();
			outcome.closed();
			assertStates(outcome.webSocket(), WebSocketState.DISCONNECTED, WebSocketState.DISCONNECTED);
		}
	}

	@Test
	void statesFollowTheRejection() {
		Outcome<?> outcome = server.serve((ws) -> ws.reject(HttpStatus.CONFLICT));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
			outcome.awaitEnd();
			assertThat(outcome.webSocket().applicationState()).isEqualTo(WebSocketState.RESPONSE);
			assertThat(outcome.webSocket().isConnected()).isFalse();
		}
	}

	private void assertStates(WebSocket ws, WebSocketState client, WebSocketState application) {
		assertThat(ws.clientState()).isEqualTo(client);
		assertThat(ws.applicationState()).isEqualTo(application);
	}

	@ParameterizedTest
	@MethodSource("callsThatNeedAnOpenConnection")
	void callBeforeAcceptSaysWhatToCallFirst(Consumer<WebSocket> call) {
		server.serve((ws) -> {
			assertThatIllegalStateException().isThrownBy(() -> call.accept(ws)).withMessageContaining("accept");
			ws.accept();
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.sendText("unharmed");
			client.expectText("unharmed");
		}
	}

	static Stream<Named<Consumer<WebSocket>>> callsThatNeedAnOpenConnection() {
		return Stream.of(Named.of("receive", WebSocket::receive), Named.of("receiveText", WebSocket::receiveText),
				Named.of("receiveBytes", WebSocket::receiveBytes), Named.of("receiveJson", WebSocket::receiveJson),
				Named.of("texts", (ws) -> ws.texts().iterator().hasNext()),
				Named.of("awaitDisconnect", WebSocket::awaitDisconnect), Named.of("sendText", (ws) -> ws.sendText("a")),
				Named.of("sendBytes", (ws) -> ws.sendBytes(new byte[1])),
				Named.of("sendJson", (ws) -> ws.sendJson("a")), Named.of("ping", WebSocket::ping));
	}

	@Test
	void secondReceiverIsRefusedAndFirstOneGoesOn() {
		Signal refused = new Signal();
		Outcome<WSMessage> first = server.evaluate((ws) -> {
			Thread receiver = Thread.currentThread();
			Thread second = new Thread(() -> {
				await().until(() -> isWaiting(receiver));
				assertThatIllegalStateException().isThrownBy(ws::receive).withMessageContaining("receiv");
				assertThatIllegalStateException().isThrownBy(ws::receiveText);
				refused.fire();
			});
			ws.accept();
			second.start();
			return ws.receive();
		});
		try (RawWs client = server.connect()) {
			refused.await();
			client.sendText("for the first");
			assertThat(first.get()).isEqualTo(new WSMessage.Text("for the first"));
		}
	}

	private static boolean isWaiting(Thread thread) {
		return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
	}

	@Test
	void threadsMayReceiveOneAfterTheOther() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText("1 " + ws.receiveText());
			Thread other = new Thread(() -> ws.sendText("2 " + ws.receiveText()));
			other.start();
			other.join();
			ws.sendText("3 " + ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.text("c"));
			client.expectText("1 a");
			client.expectText("2 b");
			client.expectText("3 c");
		}
	}

	@Test
	void sessionOfSpringIsUnderneath() {
		server.serve((ws) -> {
			ws.accept();
			WebSocketSession session = ws.unwrap(WebSocketSession.class);
			assertThat(session).isNotNull();
			assertThat(session.isOpen()).isTrue();
			assertThat(ws.unwrap(Thread.class)).isNull();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

}
