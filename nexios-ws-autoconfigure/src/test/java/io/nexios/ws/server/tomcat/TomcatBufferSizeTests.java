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

package io.nexios.ws.server.tomcat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.ForkedServer;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.UntestedTomcatConfiguration;
import org.apache.tomcat.websocket.WsSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything works with the smallest buffers. Runs in a separate JVM, because all
 * applications of a JVM have the same size.
 *
 * @author Nexios Team
 */
@Tag("tomcat-internals")
class TomcatBufferSizeTests {

	private static final int LIMIT = 1 << 20;

	private static ForkedServer server;

	@BeforeAll
	static void start() {
		server = ForkedServer.start(SmallBuffersConfiguration.class, "nexios.ws.tomcat.buffer-size=512",
				"nexios.ws.compression=true");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void buffersOfAConnectionHaveTheSize() {
		try (RawWs client = server.handshake("/buffers").connect()) {
			client.expectText("socket 512 512, WebSocket 512 512 512, message 256 0");
		}
	}

	@Test
	void untestedVersionHasTheContainersMessageBuffersUntilTheFirstText() {
		try (ForkedServer untested = ForkedServer.start(UntestedConfiguration.class,
				"nexios.ws.tomcat.buffer-size=512"); RawWs client = untested.handshake("/buffers").connect()) {
			client.expectText("socket 512 512, WebSocket 512 512 512, message 8192 8192");
			client.sendText("x");
			client.expectText("socket 512 512, WebSocket 512 512 512, message 8192 512");
		}
	}

	@Test
	void noTextMakesTheBuffersLarger() {
		try (RawWs client = server.handshake("/buffers").connect()) {
			client.readText();
			for (int i = 0; i < 2; i++) {
				client.sendText("x".repeat(3000));
				client.expectText("socket 512 512, WebSocket 512 512 512, message 256 512");
			}
		}
	}

	@Test
	void textOfTheLimitGoesBothWays() {
		String text = "x".repeat(LIMIT);
		try (RawWs client = server.handshake("/echo").connect()) {
			client.sendText(text);
			client.expectText(text);
		}
	}

	@Test
	void binaryOfTheLimitGoesBothWays() {
		byte[] bytes = new byte[LIMIT];
		new Random(1).nextBytes(bytes);
		try (RawWs client = server.handshake("/echo").connect()) {
			client.sendBinary(bytes);
			client.expectBinary(bytes);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 252, 253, 254, 255, 256, 507, 508, 509, 510, 511, 512, 513 })
	void charactersOfSeveralBytesCrossTheBuffers(int offset) {
		String text = "x".repeat(offset) + "€😀é".repeat(3000);
		try (RawWs client = server.handshake("/echo").connect()) {
			client.sendText(text);
			client.expectText(text);
		}
	}

	@Test
	void textThatIsPipelinedWithTheHandshakeIsReceived() {
		String text = "é".repeat(2000);
		try (RawWs client = server.handshake("/echo").pipelining(RawFrame.text(text)).connect()) {
			client.expectText(text);
		}
	}

	@Test
	void compressedMessagesGoBothWays() throws Exception {
		byte[] bytes = "0123456789€😀".repeat(20_000).getBytes(StandardCharsets.UTF_8);
		try (RawWs client = server.handshake("/echo")
			.header("Sec-WebSocket-Extensions", "permessage-deflate")
			.connect()) {
			assertThat(client.header("Sec-WebSocket-Extensions")).contains("permessage-deflate");
			client.send(RawFrame.of(RawFrame.TEXT, deflate(bytes)).withRsv(4));
			assertThat(inflate(client.readMessage().payload(), bytes.length)).isEqualTo(bytes);
		}
	}

	private static byte[] deflate(byte[] bytes) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(bytes);
		byte[] buffer = new byte[bytes.length];
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		deflater.end();
		// Without the empty block that ends a flush (RFC 7692, 7.2.1)
		return Arrays.copyOf(buffer, length - 4);
	}

	private static byte[] inflate(byte[] compressed, int length) throws DataFormatException {
		ByteArrayOutputStream input = new ByteArrayOutputStream();
		input.writeBytes(compressed);
		input.writeBytes(new byte[] { 0, 0, -1, -1 });
		Inflater inflater = new Inflater(true);
		inflater.setInput(input.toByteArray());
		byte[] bytes = new byte[length];
		assertThat(inflater.inflate(bytes)).isEqualTo(length);
		inflater.end();
		return bytes;
	}

	@Test
	void handlerOfTheApplicationHasItsMessageSize() {
		String text = "x".repeat(6 * 1024);
		try (RawWs client = server.handshake("/theirs").connect()) {
			client.sendText(text);
			client.expectText(text);
		}
	}

	@Test
	void largeHeadersOfARequestAreReceived() throws Exception {
		String header = "h".repeat(7 * 1024);
		assertThat(get("/header", header)).isEqualTo(header);
	}

	@Test
	void largeResponsesAreSent() throws Exception {
		assertThat(get("/large", "")).hasSize(LIMIT);
	}

	private static String get(String path, String header) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
			.header("X-Large", header)
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	@Configuration(proxyBeanMethods = false)
	static class SmallBuffersConfiguration {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.messages().forEach(ws::send);
			}).addWsRoute("/buffers", (ws) -> {
				ws.accept();
				WsSession session = ws.unwrap(WsSession.class);
				Assert.state(session != null, "Not on Tomcat");
				Buffers buffers = new Buffers(session);
				ws.sendText(buffers.toString());
				ws.texts().forEach((text) -> ws.sendText(buffers.toString()));
			});
		}

		@Bean
		WebSocketConfigurer theirs() {
			return (registry) -> registry.addHandler(new TextWebSocketHandler() {

				@Override
				protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
					session.sendMessage(message);
				}

			}, "/theirs");
		}

		@Bean
		Pages pages() {
			return new Pages();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ SmallBuffersConfiguration.class, UntestedTomcatConfiguration.class })
	static class UntestedConfiguration {

	}

	@RestController
	static class Pages {

		@GetMapping("/header")
		String header(@RequestHeader("X-Large") String header) {
			return header;
		}

		@GetMapping("/large")
		String large() {
			return "x".repeat(LIMIT);
		}

	}

	/**
	 * The capacities of a session's buffers.
	 */
	private static final class Buffers {

		private final WsSession session;

		Buffers(WsSession session) {
			this.session = session;
		}

		private static Object get(Object target, String... path) {
			Object value = target;
			for (String name : path) {
				value = ReflectionTestUtils.getField(value, name);
			}
			return value;
		}

		private static int capacity(Object target, String... path) {
			return ((Buffer) get(target, path)).capacity();
		}

		@Override
		public String toString() {
			Object frame = get(this.session, "wsFrame");
			Object remote = get(this.session, "wsRemoteEndpoint");
			Object socket = get(frame, "socketWrapper", "socketBufferHandler");
			return "socket %d %d, WebSocket %d %d %d, message %d %d".formatted(capacity(socket, "readBuffer"),
					capacity(socket, "writeBuffer"), capacity(frame, "inputBuffer"), capacity(remote, "outputBuffer"),
					capacity(remote, "encoderBuffer"), capacity(frame, "messageBufferBinary"),
					capacity(frame, "messageBufferText"));
		}

	}

}
