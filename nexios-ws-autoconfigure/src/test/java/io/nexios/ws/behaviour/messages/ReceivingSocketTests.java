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

package io.nexios.ws.behaviour.messages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

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

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a handler waits for messages, one by one and in loops.
 *
 * @author Nexios Team
 */
class ReceivingSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@Test
	void receiveReturnsEveryKindOfMessageInOrder() {
		Outcome<List<WSMessage>> received = server.evaluate((ws) -> {
			ws.accept();
			return List.of(ws.receive(), ws.receive(), ws.receive());
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.binary((byte) 1), RawFrame.close(4000, "bye"));
			List<WSMessage> messages = received.get();
			assertThat(messages.get(0)).isEqualTo(new WSMessage.Text("a"));
			assertThat(messages.get(1)).isInstanceOfSatisfying(WSMessage.Bytes.class,
					(message) -> assertThat(message.bytes()).containsExactly(1));
			assertThat(messages.get(2)).isEqualTo(new WSMessage.Disconnect(4000, "bye"));
		}
	}

	@Test
	void disconnectIsReturnedOnceAndThenThrown() {
		server.serve((ws) -> {
			ws.accept();
			assertThat(ws.receive()).isEqualTo(new WSMessage.Disconnect(4000, "bye"));
			assertThatDisconnect(4000, "bye", ws::receive);
			assertThatDisconnect(4000, "bye", ws::receive);
			assertThatDisconnect(4000, "bye", () -> ws.receive(Duration.ofSeconds(10)));
			assertThatDisconnect(4000, "bye", ws::receiveText);
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "bye");
			client.expectClose(4000);
		}
	}

	@Test
	void typedReceiveThrowsAtTheEnd() {
		server.serve((ws) -> {
			ws.accept();
			assertThatDisconnect(4000, "bye", ws::receiveText);
			assertThatDisconnect(4000, "bye", ws::receiveBytes);
			assertThatDisconnect(4000, "bye", ws::receiveJson);
			assertThatDisconnect(4000, "bye", () -> ws.receiveJson(String.class));
			assertThatDisconnect(4000, "bye", () -> ws.receiveJson(String.class, Duration.ofSeconds(10)));
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "bye");
			client.expectClose(4000);
		}
	}

	private static void assertThatDisconnect(int code, String reason, ThrowingCallable call) {
		assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(call).satisfies((disconnect) -> {
			assertThat(disconnect.code()).isEqualTo(code);
			assertThat(disconnect.reason()).isEqualTo(reason);
		});
	}

	@Test
	void receiveWithTimeoutIsEmptyAndConnectionStaysUsable() {
		server.serve((ws) -> {
			ws.accept();
			long start = System.nanoTime();
			assertThat(ws.receive(Duration.ofMillis(50))).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
			assertThat(ws.receive(Duration.ZERO)).isEmpty();
			assertThat(ws.receive(Duration.ofSeconds(-1))).isEmpty();
			assertThat(ws.receiveJson(String.class, Duration.ofMillis(1))).isEmpty();
			ws.sendText("now");
			assertThat(ws.receive(Duration.ofSeconds(10))).contains(new WSMessage.Text("a"));
			assertThat(ws.receiveJson(Integer.class, Duration.ofSeconds(10))).contains(42);
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.expectText("now");
			client.send(RawFrame.text("a"), RawFrame.text("42"), RawFrame.text("b"));
			client.expectText("b");
		}
	}

	@Test
	void receiveWithTimeoutReturnsDisconnectOnce() {
		Outcome<Optional<WSMessage>> received = server.evaluate((ws) -> {
			ws.accept();
			return ws.receive(Duration.ofSeconds(10));
		});
		try (RawWs client = server.connect()) {
			client.sendClose(1001, "");
			assertThat(received.get()).contains(new WSMessage.Disconnect(1001, ""));
		}
	}

	@Test
	void receiveWithoutWaitingFindsMessageThatHasArrived() {
		Signal arrived = new Signal();
		Outcome<Optional<WSMessage>> received = server.evaluate((ws) -> {
			ws.accept();
			arrived.await();
			return ws.receive(Duration.ZERO);
		});
		try (RawWs client = server.connect()) {
			client.sendText("a");
			client.expectNothing();
			arrived.fire();
			assertThat(received.get()).contains(new WSMessage.Text("a"));
		}
	}

	@Test
	void textsEndQuietly() {
		expectLoopToEnd(WebSocket::texts, RawFrame.text("a"), RawFrame.text("b"));
	}

	@Test
	void binariesEndQuietly() {
		expectLoopToEnd(WebSocket::binaries, RawFrame.binary((byte) 1), RawFrame.binary((byte) 2));
	}

	@Test
	void messagesEndQuietlyWithoutDisconnect() {
		expectLoopToEnd(WebSocket::messages, RawFrame.text("a"), RawFrame.binary((byte) 2));
	}

	@Test
	void jsonsEndQuietly() {
		expectLoopToEnd((ws) -> ws.jsons(Integer.class), RawFrame.text("1"), RawFrame.of(RawFrame.BINARY, "2"));
	}

	@Test
	void jsonsOfGenericTypeEndQuietly() {
		expectLoopToEnd((ws) -> ws.jsons(new ParameterizedTypeReference<List<Integer>>() {
		}), RawFrame.text("[1]"), RawFrame.text("[2]"));
	}

	private void expectLoopToEnd(Function<WebSocket, Iterable<?>> loop, RawFrame first, RawFrame second) {
		Outcome<Integer> count = server.evaluate((ws) -> {
			ws.accept();
			int received = 0;
			for (Object value : loop.apply(ws)) {
				assertThat(value).isNotNull();
				received++;
			}
			return received;
		});
		try (RawWs client = server.connect()) {
			client.send(first, second, RawFrame.close());
			assertThat(count.get()).isEqualTo(2);
		}
	}

	@Test
	void loopEndsQuietlyWhenPeerVanishes() {
		Outcome<List<String>> received = server.evaluate((ws) -> {
			ws.accept();
			List<String> texts = new ArrayList<>();
			ws.texts().forEach((text) -> {
				texts.add(text);
				ws.sendText(text);
			});
			return texts;
		});
		try (RawWs client = server.connect()) {
			client.sendText("a");
			client.expectText("a");
			client.abort();
			assertThat(received.get()).containsExactly("a");
			assertThat(received.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void loopFailsOnOtherKindOfMessage() {
		server.serve((ws) -> {
			ws.accept();
			ws.texts().forEach(ws::sendText);
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.binary((byte) 1));
			client.expectText("a");
			client.expectClose(1003);
		}
	}

	@Test
	void loopMayBeLeftAndTakenUpAgain() {
		server.serve((ws) -> {
			ws.accept();
			for (String text : ws.texts()) {
				ws.sendText("first " + text);
				break;
			}
			ws.texts().forEach((text) -> ws.sendText("second " + text));
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.text("c"));
			client.expectText("first a");
			client.expectText("second b");
			client.expectText("second c");
		}
	}

	@Test
	void iteratorKeepsItsContract() {
		server.serve((ws) -> {
			ws.accept();
			Iterator<String> texts = ws.texts().iterator();
			assertThat(texts.hasNext()).isTrue();
			assertThat(texts.hasNext()).isTrue();
			assertThat(texts.next()).isEqualTo("a");
			assertThat(texts.next()).isEqualTo("b");
			assertThat(texts.hasNext()).isFalse();
			assertThat(texts.hasNext()).isFalse();
			assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(texts::next);
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.close(1000, ""));
			client.expectClose(1000);
		}
	}

	@Test
	void awaitDisconnectDiscardsMessagesUntilTheEnd() {
		Signal returned = new Signal();
		server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
			returned.fire();
			assertThat(ws.isConnected()).isFalse();
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 1000; i++) {
				client.send(RawFrame.text("ignored"), RawFrame.binary(new byte[1000]));
			}
			client.expectNothing();
			assertThat(returned.isFired()).isFalse();
			client.sendClose(1000, "");
			client.expectClose(1000);
			returned.await();
		}
	}

	@Test
	void awaitDisconnectReturnsWhenPeerVanishes() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			outcome.webSocket();
			client.abort();
			assertThat(outcome.get()).isNull();
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

}
