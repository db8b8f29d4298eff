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

package io.nexios.ws.behaviour.handshake;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.Acceptance;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketState;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How a handler accepts a handshake.
 *
 * @author Nexios Team
 */
class HandshakeAcceptSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@Test
	void acceptAnswersWith101AndNothingThatWasNotAskedFor() {
		server.serve(WebSocket::accept);
		try (RawWs client = server.handshake()
			.header("Sec-WebSocket-Protocol", "chat.v1")
			.header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
			.connect()) {
			assertThat(client.header("Sec-WebSocket-Protocol")).isNull();
			assertThat(client.header("Sec-WebSocket-Extensions")).isNull();
			client.expectClose(1000);
		}
	}

	@Test
	void acceptReturnsWhenConnectionIsOpen() {
		Outcome<Boolean> connected = server.evaluate((ws) -> {
			ws.accept();
			boolean isConnected = ws.isConnected();
			ws.sendText("open");
			return isConnected;
		});
		try (RawWs client = server.connect()) {
			client.expectText("open");
			assertThat(connected.get()).isTrue();
		}
	}

	@Test
	void offeredSubprotocolIsAccepted() {
		Outcome<List<String>> offered = server.evaluate((ws) -> {
			List<String> subprotocols = ws.requestedSubprotocols();
			ws.accept("chat.v2");
			ws.sendText(String.valueOf(ws.subprotocol()));
			return subprotocols;
		});
		try (RawWs client = server.handshake()
			.header("Sec-WebSocket-Protocol", "chat.v1, chat.v2")
			.header("Sec-WebSocket-Protocol", "chat.v3")
			.connect()) {
			assertThat(client.headers().get("Sec-WebSocket-Protocol")).containsExactly("chat.v2");
			client.expectText("chat.v2");
			assertThat(offered.get()).containsExactly("chat.v1", "chat.v2", "chat.v3");
		}
	}

	@Test
	void requestedSubprotocolsIsEmptyWhenNoneIsOffered() {
		Outcome<List<String>> offered = server.evaluate((ws) -> {
			ws.accept();
			return ws.requestedSubprotocols();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			assertThat(offered.get()).isEmpty();
			assertThat(offered.webSocket().subprotocol()).isNull();
		}
	}

	@Test
	void subprotocolThatWasNotOfferedLeavesHandshakeUndecided() {
		server.serve((ws) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> ws.accept("other")).withMessageContaining("other");
			assertThat(ws.applicationState()).isEqualTo(WebSocketState.CONNECTING);
			ws.accept("chat.v1");
		});
		try (RawWs client = server.handshake().header("Sec-WebSocket-Protocol", "chat.v1").connect()) {
			assertThat(client.header("Sec-WebSocket-Protocol")).isEqualTo("chat.v1");
		}
	}

	@Test
	void subprotocolIsRefusedWhenNoneIsOffered() {
		server.serve((ws) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> ws.accept("chat.v1"));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ws.accept((acceptance) -> acceptance.subprotocol("chat.v1")));
			ws.accept();
		});
		try (RawWs client = server.connect()) {
			assertThat(client.header("Sec-WebSocket-Protocol")).isNull();
		}
	}

	@Test
	void headersArriveInThe101() {
		server.serve((ws) -> ws.accept((acceptance) -> acceptance.header("X-Room", "lobby")
			.header("Set-Cookie", "a=1")
			.header("Set-Cookie", "b=2")
			.subprotocol("chat.v1")));
		try (RawWs client = server.handshake().header("Sec-WebSocket-Protocol", "chat.v1").connect()) {
			assertThat(client.header("X-Room")).isEqualTo("lobby");
			assertThat(client.headers().get("Set-Cookie")).containsExactly("a=1", "b=2");
			assertThat(client.header("Sec-WebSocket-Protocol")).isEqualTo("chat.v1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\tb", "\u00e4\u00ff", "\u0080", "a, b; c=\"d\"" })
	void headerValueArrivesAsGiven(String value) {
		server.serve((ws) -> ws.accept((acceptance) -> acceptance.header("X-Room", value)));
		try (RawWs client = server.connect()) {
			assertThat(client.headers().get("X-Room")).containsExactly(value);
		}
	}

	@Test
	void subprotocolThatIsNoTokenIsRefused() {
		server.serve((ws) -> {
			assertThat(ws.requestedSubprotocols()).contains("(b)", "c;d");
			assertThatIllegalArgumentException().isThrownBy(() -> ws.accept("(b)"));
			assertThatIllegalArgumentException().isThrownBy(() -> ws.accept("c;d"));
			ws.accept("a");
		});
		try (RawWs client = server.handshake().header("Sec-WebSocket-Protocol", "a, (b), c;d").connect()) {
			assertThat(client.header("Sec-WebSocket-Protocol")).isEqualTo("a");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Injected: 1", "a\nb", "a\rb", "a\0b", "\u20ac", "\ud83d\ude00", " a", "a\t" })
	void headerValueThatIsNoneIsRefused(String value) {
		server.serve((ws) -> {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ws.accept((acceptance) -> acceptance.header("X-Room", value)));
			ws.accept();
		});
		try (RawWs client = server.connect()) {
			assertThat(client.headers().headerNames()).doesNotContain("X-Injected", "X-Room");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-WebSocket-Accept", "sec-websocket-protocol", "Sec-WebSocket-Extensions",
			"Sec-WebSocket-Version", "Connection", "upgrade", "Content-Length", "Transfer-Encoding", "", "X Room",
			"X:Room", "X\r\nRoom", "Content-Type", "content-language", "Content-Encoding", "Date", "Server",
			"Keep-Alive", "Proxy-Connection", "TE", "Trailer" })
	void headerNameThatIsNotAllowedIsRefused(String name) {
		server.serve((ws) -> {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ws.accept((acceptance) -> acceptance.header(name, "x")));
			ws.accept();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

	@Test
	void acceptanceThatFailsLeavesNothingBehind() {
		server.serve((ws) -> {
			assertThatIllegalArgumentException().isThrownBy(
					() -> ws.accept((acceptance) -> acceptance.header("X-First", "1").subprotocol("not-offered")));
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ws.accept((acceptance) -> {
				acceptance.header("X-Second", "2").maxMessageSize(DataSize.ofBytes(1));
				throw new UnsupportedOperationException();
			}));
			ws.accept();
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			assertThat(client.headers().headerNames()).doesNotContain("X-First", "X-Second");
			client.sendText("more than one byte");
			client.expectText("more than one byte");
		}
	}

	@Test
	void customizerIsCalledOnce() {
		List<Acceptance> calls = new ArrayList<>();
		Outcome<?> outcome = server.serve((ws) -> ws.accept(calls::add));
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			outcome.awaitEnd();
			assertThat(calls).hasSize(1);
		}
	}

	@Test
	void acceptTwiceIsRefusedAndHarmless() {
		server.serve((ws) -> {
			ws.accept();
			assertThatIllegalStateException().isThrownBy(ws::accept).withMessageContaining("accept");
			assertThatIllegalStateException().isThrownBy(() -> ws.accept((acceptance) -> {
			}));
			ws.sendText("still open");
		});
		try (RawWs client = server.connect()) {
			client.expectText("still open");
			client.expectClose(1000);
		}
	}

	@Test
	void framesPipelinedBehindHandshakeAreDeliveredAfterAccept() {
		Signal arrived = new Signal();
		server.serve((ws) -> {
			arrived.await();
			ws.accept();
			ws.sendText(ws.receiveText() + ws.receiveText() + ws.receiveText());
		});
		try (RawWs client = server.handshake()
			.pipelining(RawFrame.text("a"), RawFrame.text("b"), RawFrame.text("c"))
			.send()) {
			arrived.fire();
			client.expectText("abc");
		}
	}

	@Test
	void closePipelinedBehindHandshakeEndsConnectionAfterAccept() {
		Outcome<WSMessage> message = server.evaluate((ws) -> {
			ws.accept();
			return ws.receive();
		});
		try (RawWs client = server.handshake().pipelining(RawFrame.close(4000, "changed my mind")).send()) {
			client.expectClose(4000);
			assertThat(message.get()).isEqualTo(new WSMessage.Disconnect(4000, "changed my mind"));
		}
	}

	@Test
	void handshakeMayArriveByteByByte() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText("welcome");
		});
		try (RawWs client = server.handshake().inPiecesOf(1).connect()) {
			client.expectText("welcome");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Connection | keep-alive, Upgrade
			Connection | upgrade
			Upgrade    | WebSocket
			""")
	void handshakeHeadersMayBeWrittenInOtherWays(String name, String value) {
		server.serve(WebSocket::accept);
		try (RawWs client = server.handshake().replace(name, value).connect()) {
			client.expectClose(1000);
		}
	}

}
