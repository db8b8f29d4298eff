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

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Connections that the peer ends.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerCloseSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999 })
	void codeAndReasonReachTheHandler(int code) {
		Outcome<WSMessage> message = receiveOne();
		try (RawWs client = server.connect()) {
			client.sendClose(code, "grün");
			client.expectClose(code);
			client.expectEnd();
			assertThat(message.get()).isEqualTo(new WSMessage.Disconnect(code, "grün"));
			assertThat(message.closed()).isEqualTo(new CloseStatus(code, "grün"));
		}
	}

	@Test
	void closeWithoutCodeIs1000() {
		Outcome<WSMessage> message = receiveOne();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.close());
			client.expectCloseWithAnyOf(1000, 1005);
			assertThat(message.get()).isEqualTo(new WSMessage.Disconnect(1000, ""));
			assertThat(message.closed().getCode()).isEqualTo(1000);
		}
	}

	@Test
	void resetIs1006() {
		Outcome<WSMessage> message = receiveOne();
		try (RawWs client = server.connect()) {
			client.abort();
			assertThat(message.get()).isInstanceOfSatisfying(WSMessage.Disconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1006));
			assertThat(message.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void endOfStreamWithoutCloseIs1006() {
		Outcome<WSMessage> message = receiveOne();
		try (RawWs client = server.connect()) {
			client.halfClose();
			assertThat(message.get()).isInstanceOfSatisfying(WSMessage.Disconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1006));
			assertThat(message.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void endOfStreamWithinMessageIs1006AndDropsTheMessage() {
		Outcome<WSMessage> message = receiveOne();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("half").notFinal());
			client.halfClose();
			assertThat(message.get()).isInstanceOfSatisfying(WSMessage.Disconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1006));
		}
	}

	private Outcome<WSMessage> receiveOne() {
		return server.evaluate((ws) -> {
			ws.accept();
			return ws.receive();
		});
	}

	@Test
	void sendsThrowWhenPeerHasClosed() {
		server.serve((ws) -> {
			ws.accept();
			assertThat(ws.receive()).isInstanceOf(WSMessage.Disconnect.class);
			assertThatDisconnect(4000, () -> ws.sendText("a"));
			assertThatDisconnect(4000, () -> ws.sendBytes(new byte[1]));
			assertThatDisconnect(4000, () -> ws.sendJson("a"));
			assertThatDisconnect(4000, () -> ws.sendJsonBytes("a"));
			assertThatDisconnect(4000, () -> ws.send(new WSMessage.Text("a")));
			assertThatDisconnect(4000, ws::ping);
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "bye");
			client.expectClose(4000);
			client.expectEnd();
		}
	}

	@Test
	void sendsThrowWhenPeerHasVanished() {
		server.serve((ws) -> {
			ws.accept();
			assertThat(ws.receive()).isInstanceOf(WSMessage.Disconnect.class);
			assertThatDisconnect(1006, () -> ws.sendText("a"));
		});
		try (RawWs client = server.connect()) {
			client.abort();
		}
	}

	@Test
	void handlerThatOnlySendsNoticesThatPeerHasVanished(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			while (true) {
				ws.sendText("tick");
			}
		});
		try (RawWs client = server.connect()) {
			client.expectText("tick");
			client.abort();
			assertThat(outcome.thrown()).isInstanceOfSatisfying(WebSocketDisconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1006));
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			assertThat(output).doesNotContain(outcome.webSocket().id());
		}
	}

	@Test
	void handlerThatOnlySendsNoticesThatPeerHasClosed() {
		Signal closed = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			closed.await();
			await().until(() -> !ws.isConnected());
			ws.sendText("tick");
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "bye");
			client.expectClose(4000);
			closed.fire();
			assertThat(outcome.thrown()).isInstanceOfSatisfying(WebSocketDisconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(4000));
		}
	}

	@Test
	void messagesQueuedBeforeTheEndAreDeliveredWhileSendsAreDiscarded() {
		Signal answered = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			answered.await();
			ws.sendText("discarded");
			assertThat(ws.receiveText()).isEqualTo("a");
			ws.sendText("discarded");
			assertThat(ws.receive()).isEqualTo(new WSMessage.Text("b"));
			ws.ping();
			ws.sendJson("discarded");
			assertThat(ws.receiveText()).isEqualTo("c");
			assertThatDisconnect(4000, () -> ws.sendText("refused"));
			assertThat(ws.receive()).isEqualTo(new WSMessage.Disconnect(4000, "bye"));
			assertThatDisconnect(4000, () -> ws.sendText("refused"));
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.text("c"), RawFrame.close(4000, "bye"));
			client.expectClose(4000);
			client.expectEnd();
			answered.fire();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void messagesQueuedBeforeTheResetAreDelivered() {
		Signal aborted = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			aborted.await();
			assertThat(ws.receiveText()).isEqualTo("a");
			assertThat(ws.receiveText()).isEqualTo("b");
			assertThatDisconnect(1006, ws::receiveText);
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"));
			client.expectNothing();
			client.abort();
			aborted.fire();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void framesBehindTheCloseAreIgnored() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			assertThat(ws.receive()).isEqualTo(new WSMessage.Disconnect(1000, ""));
			assertThatDisconnect(1000, ws::receive);
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.close(1000, ""), RawFrame.text("late"), RawFrame.ping("late"));
			client.expectClose(1000);
			client.expectEnd();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void closeWithinFragmentedMessageDropsTheMessage() {
		Outcome<WSMessage> message = receiveOne();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("half").notFinal(), RawFrame.close(4000, "bye"));
			client.expectClose(4000);
			assertThat(message.get()).isEqualTo(new WSMessage.Disconnect(4000, "bye"));
		}
	}

	@Test
	void escapingDisconnectIsSilent(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "bye");
			client.expectClose(4000);
			client.expectEnd();
			assertThat(outcome.thrown()).isInstanceOf(WebSocketDisconnect.class);
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
			assertThat(output).doesNotContain(outcome.webSocket().id()).doesNotContain("WebSocketDisconnect");
		}
	}

	private static void assertThatDisconnect(int code, ThrowingCallable call) {
		assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(call)
			.satisfies((disconnect) -> assertThat(disconnect.code()).isEqualTo(code));
	}

}
