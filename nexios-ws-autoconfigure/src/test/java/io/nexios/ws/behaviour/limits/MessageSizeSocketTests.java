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

package io.nexios.ws.behaviour.limits;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The maximum size of a message: 1 MiB unless configured, counted in bytes of UTF-8.
 *
 * @author Nexios Team
 */
class MessageSizeSocketTests {

	private static final int LIMIT = 1 << 20;

	private static final int FRAGMENT = 64 * 1024;

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	private Outcome<@Nullable Void> echo;

	@BeforeEach
	void echo() {
		this.echo = server.serve((ws) -> {
			ws.accept();
			ws.messages().forEach(ws::send);
		});
	}

	@Test
	void binaryOfTheLimitInOneFrameIsReceived() {
		byte[] bytes = bytes(LIMIT);
		try (RawWs client = server.connect()) {
			client.sendBinary(bytes);
			client.expectBinary(bytes);
		}
	}

	@Test
	void binaryOfTheLimitInFragmentsIsReceived() {
		byte[] bytes = bytes(LIMIT);
		try (RawWs client = server.connect()) {
			sendInFragments(client, RawFrame.BINARY, bytes);
			client.expectBinary(bytes);
		}
	}

	@Test
	void textOfTheLimitInOneFrameIsReceived() {
		String text = "x".repeat(LIMIT);
		try (RawWs client = server.connect()) {
			client.sendText(text);
			client.expectText(text);
		}
	}

	@Test
	void textOfTheLimitInFragmentsThatSplitCharactersIsReceived() {
		String text = "€".repeat(LIMIT / 3) + "x".repeat(LIMIT % 3);
		byte[] bytes = RawFrame.text(text).payload();
		assertThat(bytes).hasSize(LIMIT);
		try (RawWs client = server.connect()) {
			sendInFragments(client, RawFrame.TEXT, bytes);
			client.expectText(text);
		}
	}

	@Test
	void binaryOfOneByteMoreIs1009() {
		expectTooLarge(RawFrame.binary(new byte[LIMIT + 1]));
	}

	@Test
	void textOfOneByteMoreIs1009() {
		expectTooLarge(RawFrame.text("x".repeat(LIMIT + 1)));
	}

	@Test
	void textIsCountedInBytesAndNotInCharacters() {
		expectTooLarge(RawFrame.text("€".repeat(LIMIT / 3 + 1)));
	}

	@Test
	void fragmentsOfOneByteMoreAre1009() {
		try (RawWs client = server.connect()) {
			sendInFragments(client, RawFrame.BINARY, new byte[LIMIT + 1]);
			client.expectClose(1009);
			assertThat(this.echo.closed().getCode()).isEqualTo(1009);
		}
	}

	private void expectTooLarge(RawFrame frame) {
		try (RawWs client = server.connect()) {
			client.send(frame);
			client.expectClose(1009);
			assertThat(this.echo.closed().getCode()).isEqualTo(1009);
		}
	}

	@Test
	void messageWithoutEndIs1009WhileItArrives() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("").notFinal());
			for (int sent = 0; sent < LIMIT; sent += FRAGMENT) {
				client.send(RawFrame.continuation("x".repeat(FRAGMENT)).notFinal());
			}
			client.expectNothing();
			client.send(RawFrame.continuation("x").notFinal());
			client.expectClose(1009);
		}
	}

	/**
	 * The peer may see a reset instead of the close if it continues to send.
	 */
	@Test
	void hugeFrameIs1009WhileItArrives() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.binary((byte) 0).declaring(1L << 40));
			Flood.start(2 * LIMIT / FRAGMENT, (i) -> client.sendRaw(new byte[FRAGMENT]));
			assertThat(this.echo.closed().getCode()).isEqualTo(1009);
		}
	}

	@Test
	void messagesBeforeTheOneThatIsTooLargeAreReceived() {
		Outcome<String> received = server.evaluate((ws) -> {
			ws.accept();
			String texts = ws.receiveText() + ws.receiveText();
			assertThat(ws.receive()).isInstanceOfSatisfying(WSMessage.Disconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1009));
			return texts;
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.binary(new byte[LIMIT + 1]));
			client.expectClose(1009);
			assertThat(received.get()).isEqualTo("ab");
		}
	}

	@Test
	void connectionMayLowerItsLimit() {
		server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.maxMessageSize(DataSize.ofBytes(10)));
			ws.messages().forEach(ws::send);
		});
		try (RawWs limited = server.connect()) {
			echo();
			try (RawWs other = server.connect()) {
				limited.sendText("0123456789");
				limited.expectText("0123456789");
				limited.sendText("€€€€");
				limited.expectClose(1009);
				other.sendText("not affected");
				other.expectText("not affected");
			}
		}
	}

	@Test
	void connectionMayRaiseItsLimit() {
		byte[] bytes = bytes(3 * LIMIT);
		server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.maxMessageSize(DataSize.ofMegabytes(3)));
			ws.sendText(String.valueOf(ws.receiveBytes().length));
		});
		try (RawWs client = server.connect()) {
			client.sendBinary(bytes);
			client.expectText(String.valueOf(3 * LIMIT));
		}
	}

	@Test
	void limitOfConnectionHasToBePositive() {
		server.serve((ws) -> {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ws.accept((acceptance) -> acceptance.maxMessageSize(DataSize.ofBytes(0))));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ws.accept((acceptance) -> acceptance.maxMessageSize(DataSize.ofBytes(-1))));
			ws.accept();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

	@Test
	void limitIsConfigured() {
		try (TestServer configured = TestServer.start(Echo.class, "nexios.ws.max-message-size=100B")) {
			try (RawWs client = configured.connect("/echo")) {
				client.sendText("x".repeat(100));
				client.expectText("x".repeat(100));
				client.sendText("x".repeat(101));
				client.expectClose(1009);
			}
		}
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		IntStream.range(0, length).forEach((i) -> bytes[i] = (byte) (i * 31));
		return bytes;
	}

	private static void sendInFragments(RawWs client, int opcode, byte[] payload) {
		for (int start = 0; start < payload.length; start += FRAGMENT) {
			int end = Math.min(start + FRAGMENT, payload.length);
			byte[] part = Arrays.copyOfRange(payload, start, end);
			RawFrame frame = RawFrame.of((start == 0) ? opcode : RawFrame.CONTINUATION, part);
			client.send((end < payload.length) ? frame.notFinal() : frame);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WSRouter echo() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.messages().forEach(ws::send);
			});
		}

	}

}
