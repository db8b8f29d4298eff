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

import java.util.List;
import java.util.Map;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages over an open connection, and their conversion.
 *
 * @author Nexios Team
 */
class MessageSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@ParameterizedTest
	@ValueSource(strings = { "", "hello", "grün € 😀 \0 \n" })
	void textGoesBothWays(String text) {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.sendText(text);
			client.expectText(text);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 65_535, 65_536, 200_000 })
	void binaryGoesBothWays(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) i;
		}
		server.serve((ws) -> {
			ws.accept();
			ws.sendBytes(ws.receiveBytes());
		});
		try (RawWs client = server.connect()) {
			client.sendBinary(bytes);
			client.expectBinary(bytes);
		}
	}

	@Test
	void jsonGoesBothWays() {
		server.serve((ws) -> {
			ws.accept();
			ChatMessage message = ws.receiveJson(ChatMessage.class);
			ws.sendJson(new ChatMessage(message.text(), message.likes() + 1));
		});
		try (RawWs client = server.connect()) {
			client.sendText("{\"text\":\"grün\",\"likes\":1}");
			client.expectText("{\"text\":\"grün\",\"likes\":2}");
		}
	}

	@Test
	void jsonMayBeBinary() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendJsonBytes(ws.receiveJson(ChatMessage.class));
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.of(RawFrame.BINARY, "{\"text\":\"grün\",\"likes\":1}"));
			client.expectBinary(RawFrame.text("{\"text\":\"grün\",\"likes\":1}").payload());
		}
	}

	@Test
	void jsonOfGenericTypeIsReceived() {
		server.serve((ws) -> {
			ws.accept();
			List<ChatMessage> messages = ws.receiveJson(new ParameterizedTypeReference<List<ChatMessage>>() {
			});
			ws.sendText(messages.get(1).text());
		});
		try (RawWs client = server.connect()) {
			client.sendText("[{\"text\":\"a\",\"likes\":1},{\"text\":\"b\",\"likes\":2}]");
			client.expectText("b");
		}
	}

	@Test
	void jsonTreeGoesBothWays() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendJson(Map.of("type", ws.receiveJson().get("type").asString()));
		});
		try (RawWs client = server.connect()) {
			client.sendText("{\"type\":\"typing\",\"more\":[1]}");
			client.expectText("{\"type\":\"typing\"}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "secret", "{\"text\":\"a\",\"likes\":\"secret\"}", "[]", "null", "1 secret",
			"{\"text\":\"a\",\"likes\":1} secret" })
	void jsonThatDoesNotBindIs1007AndLeaksNothing(String json) {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveJson(ChatMessage.class);
		});
		try (RawWs client = server.connect()) {
			client.sendText(json);
			assertThat(client.expectClose(1007)).doesNotContain("secret").doesNotContain("ChatMessage");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[1" })
	void treeThatDoesNotParseIs1007(String json) {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveJson();
		});
		try (RawWs client = server.connect()) {
			client.sendText(json);
			client.expectClose(1007);
		}
	}

	@Test
	void binaryThatIsNotUtf8JsonIs1007() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveJson(ChatMessage.class);
		});
		try (RawWs client = server.connect()) {
			client.sendBinary((byte) '"', (byte) 0xC3, (byte) '"');
			client.expectClose(1007);
		}
	}

	@Test
	void deeplyNestedJsonIs1007() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveJson();
		});
		try (RawWs client = server.connect()) {
			client.sendText("[".repeat(100_000) + "]".repeat(100_000));
			client.expectClose(1007);
		}
	}

	@Test
	void handlerMayCatchInvalidJsonAndGoOn() {
		server.serve((ws) -> {
			ws.accept();
			assertThatExceptionOfType(WebSocketException.class).isThrownBy(() -> ws.receiveJson(ChatMessage.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1007));
			ws.sendText(ws.receiveJson(ChatMessage.class).text());
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("{"), RawFrame.text("{\"text\":\"a\",\"likes\":1}"));
			client.expectText("a");
		}
	}

	@Test
	void binaryWhereTextWasAskedForIs1003() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
		});
		try (RawWs client = server.connect()) {
			client.sendBinary((byte) 'a');
			client.expectClose(1003);
		}
	}

	@Test
	void textWhereBinaryWasAskedForIs1003() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveBytes();
		});
		try (RawWs client = server.connect()) {
			client.sendText("a");
			client.expectClose(1003);
		}
	}

	@Test
	void handlerMayCatchOtherKindOfMessageAndGoOn() {
		server.serve((ws) -> {
			ws.accept();
			assertThatExceptionOfType(WebSocketException.class).isThrownBy(ws::receiveText)
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1003));
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.binary((byte) 1), RawFrame.text("b"));
			client.expectText("b");
		}
	}

	@Test
	void sendTakesEveryKindOfMessage() {
		server.serve((ws) -> {
			ws.accept();
			ws.send(new WSMessage.Text("a"));
			ws.send(new WSMessage.Bytes(new byte[] { 1 }));
			ws.send(new WSMessage.Disconnect(4000, "done"));
		});
		try (RawWs client = server.connect()) {
			client.expectText("a");
			client.expectBinary((byte) 1);
			assertThat(client.expectClose(4000)).isEqualTo("done");
		}
	}

	@Test
	void jsonThatCannotBeWrittenSendsNothing() {
		server.serve((ws) -> {
			ws.accept();
			assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ws.sendJson(new Unwritable("x")));
			assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ws.sendJsonBytes(new Unwritable("x")));
			ws.sendText("still open");
		});
		try (RawWs client = server.connect()) {
			client.expectText("still open");
		}
	}

	@Test
	void unpairedSurrogateIsSentAsQuestionMark() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText("a\uD83Db");
			ws.sendText("c\uDE00");
			ws.sendText("\uD83D");
		});
		try (RawWs client = server.connect()) {
			client.expectText("a?b");
			client.expectText("c?");
			client.expectText("?");
		}
	}

	@Test
	void surrogatePairsSurviveWhereverTheContainerSplitsTheText() {
		String text = "a" + "😀".repeat(20_000);
		server.serve((ws) -> {
			ws.accept();
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.sendText(text);
			client.expectText(text);
		}
	}

	@Test
	void pingAsksForPong() {
		server.serve((ws) -> {
			ws.accept();
			ws.ping();
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			RawFrame ping = client.expectPing();
			client.send(RawFrame.of(RawFrame.PONG, ping.payload()), RawFrame.text("alive"));
			client.expectText("alive");
		}
	}

	record ChatMessage(String text, int likes) {
	}

	record Unwritable(String value) {

		@Override
		public String value() {
			throw new UnsupportedOperationException();
		}

	}

}
