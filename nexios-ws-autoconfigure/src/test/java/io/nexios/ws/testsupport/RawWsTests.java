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

package io.nexios.ws.testsupport;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RawWs} against a handler of Spring's own.
 *
 * @author Nexios Team
 */
class RawWsTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(EchoConfiguration.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void textIsEchoed() {
		try (RawWs client = server.connect("/echo")) {
			client.sendText("h€llo");
			client.expectText("h€llo");
			client.leave();
		}
	}

	@Test
	void binaryIsEchoed() {
		try (RawWs client = server.connect("/echo")) {
			client.sendBinary((byte) 1, (byte) -1);
			client.expectBinary((byte) 1, (byte) -1);
		}
	}

	@Test
	void fragmentsAreSentAndReassembled() {
		String large = "x".repeat(7_000) + "€".repeat(1_000);
		try (RawWs client = server.connect("/echo")) {
			client.send(RawFrame.text(large.substring(0, 10)).notFinal(), RawFrame.ping("now"),
					RawFrame.continuation(large.substring(10)));
			client.expectText(large);
			client.expectPong("now");
		}
	}

	@Test
	void handshakeAndFrameAreSentByteByByte() {
		try (RawWs client = server.handshake("/echo").inPiecesOf(1).connect()) {
			client.sendInPieces(RawFrame.text("slow").toBytes(), 1);
			client.expectText("slow");
		}
	}

	@Test
	void frameIsPipelinedBehindHandshake() {
		try (RawWs client = server.handshake("/echo").pipelining(RawFrame.text("early")).connect()) {
			client.expectText("early");
		}
	}

	@Test
	void httpResponseIsReadInsteadOfUpgrade() {
		try (RawWs client = server.handshake("/hello").withoutUpgrade().send()) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("Content-Type")).startsWith("text/plain");
			assertThat(client.body()).isEqualTo("hello");
		}
	}

	@Test
	void connectFailsWhenHandshakeIsNotAccepted() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> server.connect("/nowhere"))
			.withMessageContaining("404");
	}

	@Test
	void closeCodeAndReasonAreSeen() {
		try (RawWs client = server.connect("/echo")) {
			client.sendText("close");
			assertThat(client.expectClose(4001)).isEqualTo("bye");
			client.send(RawFrame.close(4001, "bye"));
			client.expectEnd();
		}
	}

	@Test
	void expectationsFailWithWhatArrivedInstead() {
		try (RawWs client = server.connect("/echo")) {
			client.sendText("close");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> client.expectText("x"))
				.withMessageContaining("4001 'bye'");
		}
		try (RawWs client = server.connect("/echo")) {
			client.sendText("more");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(client::expectNothing)
				.withMessageContaining("'more'");
		}
	}

	@Test
	void expectNothingPassesWhenNothingWasSent() {
		try (RawWs client = server.connect("/echo")) {
			client.expectNothing();
		}
	}

	@Test
	void framesThatAreNotAllowedAreSent() {
		expectProtocolError(RawFrame.text("x").unmasked());
		expectProtocolError(RawFrame.text("x").withRsv(4));
		expectProtocolError(RawFrame.of(0x3, "x"));
		expectProtocolError(RawFrame.continuation("x"));
		expectProtocolError(RawFrame.ping("x".repeat(126)));
	}

	private void expectProtocolError(RawFrame frame) {
		try (RawWs client = server.connect("/echo")) {
			client.send(frame);
			client.expectClose(1002);
		}
	}

	@Test
	void abortIsSeenAsConnectionFailure() {
		EchoHandler handler = server.bean(EchoHandler.class);
		try (RawWs client = server.connect("/echo")) {
			client.sendText("x");
			client.expectText("x");
			client.abort();
			assertThat(Outcome.waitFor(handler.closed).getCode()).isEqualTo(1006);
		}
	}

	@Test
	void lengthsOfAllSizesAreEncoded() {
		assertThat(RawFrame.binary(new byte[125]).unmasked().toBytes()).hasSize(2 + 125);
		assertThat(RawFrame.binary(new byte[126]).unmasked().toBytes()).hasSize(4 + 126);
		assertThat(RawFrame.binary(new byte[65536]).unmasked().toBytes()).hasSize(10 + 65536);
		assertThat(RawFrame.text("x").unmasked().declaring(126).toBytes()).startsWith(0x81, 126, 0, 126);
		assertThat(RawFrame.text("x").toBytes()).hasSize(2 + 4 + 1);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class EchoConfiguration {

		@Bean
		EchoHandler echoHandler() {
			return new EchoHandler();
		}

		@Bean
		WebSocketConfigurer echo(EchoHandler handler) {
			return (registry) -> registry.addHandler(handler, "/echo");
		}

		@Bean
		Greeting greeting() {
			return new Greeting();
		}

	}

	@RestController
	static class Greeting {

		@GetMapping(path = "/hello", produces = "text/plain")
		String hello() {
			return "hello";
		}

	}

	static class EchoHandler extends AbstractWebSocketHandler {

		private volatile CompletableFuture<CloseStatus> closed = new CompletableFuture<>();

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			session.setTextMessageSizeLimit(64 * 1024);
			this.closed = new CompletableFuture<>();
		}

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			if (message.getPayload().equals("close")) {
				session.close(new CloseStatus(4001, "bye"));
				return;
			}
			session.sendMessage(message);
		}

		@Override
		protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws Exception {
			byte[] bytes = new byte[message.getPayloadLength()];
			message.getPayload().get(bytes);
			session.sendMessage(new BinaryMessage(bytes));
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			this.closed.complete(status);
		}

	}

}
