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
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Connections that the application ends.
 *
 * @author Nexios Team
 */
class ServerCloseSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@ParameterizedTest
	@ValueSource(
			ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999 })
	void codeAndReasonReachThePeer(int code) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.close(code, "grün");
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(code)).isEqualTo("grün");
			client.sendClose(code, "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(code);
		}
	}

	@Test
	void closeWithoutCodeIs1000() {
		server.serve((ws) -> {
			ws.accept();
			ws.close();
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(1000)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65536 + 1000 })
	void codeThatIsNotAllowedIsRefusedAndHarmless(int code) {
		server.serve((ws) -> {
			ws.accept();
			assertThatIllegalArgumentException().isThrownBy(() -> ws.close(code));
			assertThatIllegalArgumentException().isThrownBy(() -> ws.close(code, "reason"));
			ws.sendText("still open");
		});
		try (RawWs client = server.connect()) {
			client.expectText("still open");
			client.expectClose(1000);
		}
	}

	@Test
	void reasonIsCutAt123Bytes() {
		expectReason("x".repeat(123), "x".repeat(123));
		expectReason("x".repeat(124), "x".repeat(123));
		expectReason("ü".repeat(100), "ü".repeat(61));
		expectReason("x" + "€".repeat(100), "x" + "€".repeat(40));
		expectReason("😀".repeat(100), "😀".repeat(30));
	}

	private void expectReason(String reason, String expected) {
		server.serve((ws) -> {
			ws.accept();
			ws.close(4000, reason);
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(4000)).isEqualTo(expected);
		}
	}

	@Test
	void onlyTheFirstCloseCounts() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.close(4000, "first");
			ws.close(4001, "second");
			ws.close();
			ws.send(new WSMessage.Disconnect(4002, "third"));
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(4000)).isEqualTo("first");
			client.sendClose(4000, "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void sendsAndReceivesThrowAfterClose() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.close(4000, "bye");
			assertThatDisconnect(() -> ws.sendText("a"));
			assertThatDisconnect(() -> ws.sendBytes(new byte[1]));
			assertThatDisconnect(() -> ws.sendJson("a"));
			assertThatDisconnect(ws::ping);
			assertThatDisconnect(ws::receiveText);
			assertThat(ws.texts()).isEmpty();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(4000);
			assertThat(outcome.get()).isNull();
		}
	}

	private static void assertThatDisconnect(ThrowingCallable call) {
		assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(call)
			.satisfies((disconnect) -> assertThat(disconnect.code()).isEqualTo(4000));
	}

	@Test
	void everythingSentBeforeArrivesBeforeTheClose() {
		server.serve((ws) -> {
			ws.accept();
			for (int i = 0; i < 500; i++) {
				ws.sendText("message " + i);
			}
			ws.sendBytes(new byte[300_000]);
			ws.close(4000, "done");
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 500; i++) {
				client.expectText("message " + i);
			}
			assertThat(client.readBinary()).hasSize(300_000);
			assertThat(client.expectClose(4000)).isEqualTo("done");
		}
	}

	@Test
	void closeWakesHandlerThatWaitsForMessage() {
		Outcome<WSMessage> message = server.evaluate((ws) -> {
			ws.accept();
			return ws.receive();
		});
		try (RawWs client = server.connect()) {
			message.open().close(4000, "kicked");
			assertThat(client.expectClose(4000)).isEqualTo("kicked");
			assertThat(message.get()).isInstanceOfSatisfying(WSMessage.Disconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(4000));
		}
	}

	@Test
	void handlerDoesNotWaitForAnswerToItsClose() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.close(4000, "bye");
		});
		try (RawWs client = server.connect()) {
			assertThat(outcome.get()).isNull();
			client.expectClose(4000);
		}
	}

	@Test
	void messagesBehindTheCloseAreIgnored() {
		Signal sent = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.close(4000, "bye");
			sent.await();
			assertThatDisconnect(ws::receiveText);
		});
		try (RawWs client = server.connect()) {
			client.expectClose(4000);
			client.send(RawFrame.text("late"), RawFrame.binary(new byte[100_000]), RawFrame.close(4000, ""));
			client.expectEnd();
			sent.fire();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void closeBySeveralThreadsAtOnceIsOneClose() throws Exception {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			WebSocket ws = outcome.open();
			Thread[] closers = new Thread[8];
			for (int i = 0; i < closers.length; i++) {
				int code = 4000 + i;
				closers[i] = new Thread(() -> ws.close(code, "by " + code));
				closers[i].start();
			}
			for (Thread closer : closers) {
				closer.join();
			}
			RawFrame close = client.readFrame();
			assertThat(close.opcode()).isEqualTo(RawFrame.CLOSE);
			assertThat(close.closeReason()).isEqualTo("by " + close.closeCode());
			client.sendClose(close.closeCode(), "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(close.closeCode());
		}
	}

}
