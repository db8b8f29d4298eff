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

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that sends too much, in too many fragments or too slowly is closed. No other
 * peer is closed.
 *
 * @author Nexios Team
 */
class MessageLimitSocketTests {

	private static final int MANY = 200;

	/** A burst, which is the messages of five seconds. */
	private static final int BURST = 10;

	private static final int FRAGMENTS = 10;

	private static final int LARGE = 1 << 20;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.limits.messages-per-second=2")
		.with("nexios.ws.limits.fragments-per-message=" + FRAGMENTS);

	private Outcome<@Nullable Void> discarding;

	@BeforeEach
	void discard() {
		this.discarding = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
	}

	static Stream<RawFrame> messages() {
		return Stream.of(RawFrame.text("x"), RawFrame.text(""), RawFrame.binary((byte) 1), RawFrame.pong("unasked"));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void tooManyMessagesAre1008(RawFrame message) {
		try (RawWs client = server.connect()) {
			client.send(Collections.nCopies(MANY, message).toArray(RawFrame[]::new));
			assertThat(client.expectClose(1008)).isEqualTo("Too many messages");
			assertThat(this.discarding.closed().getCode()).isEqualTo(1008);
		}
	}

	@Test
	void messagesOfSomeSecondsMayComeAtOnce() {
		serveEcho();
		try (RawWs client = server.connect()) {
			client.send(Collections.nCopies(BURST, RawFrame.text("x")).toArray(RawFrame[]::new));
			for (int i = 0; i < BURST; i++) {
				client.expectText("x");
			}
		}
	}

	@Test
	void messagesThatCameInTimeAreReceived() {
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			int count = 0;
			for (WSMessage message : ws.messages()) {
				assertThat(message).isEqualTo(new WSMessage.Text("x"));
				count++;
			}
			return count;
		});
		try (RawWs client = server.connect()) {
			client.send(Collections.nCopies(MANY, RawFrame.text("x")).toArray(RawFrame[]::new));
			client.expectClose(1008);
			assertThat(received.get()).isBetween(BURST, MANY - 1);
		}
	}

	@Test
	void othersMaySendWhatOneMayNot() {
		serveEcho();
		try (RawWs other = server.connect()) {
			discard();
			try (RawWs client = server.connect()) {
				client.send(Collections.nCopies(MANY, RawFrame.text("x")).toArray(RawFrame[]::new));
				client.expectClose(1008);
				other.sendText("undisturbed");
				other.expectText("undisturbed");
			}
		}
	}

	@Test
	void tooManyBytesAre1008() {
		try (TestServer limited = TestServer.start(Discard.class, "nexios.ws.limits.bytes-per-second=1B",
				"nexios.ws.max-message-size=1000B"); RawWs client = limited.connect("/discard")) {
			// The first message is always permitted, even with the maximum size
			client.sendBinary(new byte[1000]);
			client.expectNothing();
			client.sendBinary(new byte[900]);
			assertThat(client.expectClose(1008)).isEqualTo("Too many bytes");
		}
	}

	static Stream<RawFrame> smallFragments() {
		return Stream.of(RawFrame.text(""), RawFrame.text("x"), RawFrame.binary(), RawFrame.binary((byte) 1));
	}

	@ParameterizedTest
	@MethodSource("smallFragments")
	void endlessSmallFragmentsAre1008(RawFrame first) {
		String fragment = (first.payload().length > 0) ? "x" : "";
		try (RawWs client = server.connect()) {
			client.send(first.notFinal());
			for (int i = 1; i < FRAGMENTS; i++) {
				client.send(RawFrame.continuation(fragment).notFinal());
			}
			client.expectNothing();
			client.send(RawFrame.continuation(fragment).notFinal());
			assertThat(client.expectClose(1008)).isEqualTo("Too many fragments");
			assertThat(this.discarding.closed().getCode()).isEqualTo(1008);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 32, 33, 64, 256, 512, 513, 1024, 1500, 8192, 65_536, LARGE })
	void largeMessageMayComeInAnyNumberOfLargeFragments(int fragment) {
		byte[] bytes = new byte[LARGE];
		Arrays.fill(bytes, (byte) 'x');
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			return ws.receiveText().length();
		});
		try (RawWs client = server.connect()) {
			ByteArrayOutputStream frames = new ByteArrayOutputStream();
			for (int start = 0; start < LARGE; start += fragment) {
				int end = Math.min(start + fragment, LARGE);
				RawFrame frame = RawFrame.of((start == 0) ? RawFrame.TEXT : RawFrame.CONTINUATION,
						Arrays.copyOfRange(bytes, start, end));
				frames.writeBytes(((end < LARGE) ? frame.notFinal() : frame).toBytes());
			}
			client.sendRaw(frames.toByteArray());
			assertThat(received.get()).isEqualTo(LARGE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 32, 64, 100 })
	void largeMessageMayComeInAnyNumberOfPackets(int packet) {
		byte[] bytes = new byte[LARGE / 4];
		Arrays.fill(bytes, (byte) 'x');
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			return ws.receiveText().length();
		});
		try (RawWs client = server.connect()) {
			client.sendInPieces(RawFrame.of(RawFrame.TEXT, bytes).toBytes(), packet);
			assertThat(received.get()).isEqualTo(bytes.length);
		}
	}

	@Test
	void messageThatNeverEndsIs1008() {
		try (TestServer limited = TestServer.start(Discard.class, "nexios.ws.limits.message-time=300ms");
				RawWs idle = limited.connect("/discard");
				RawWs client = limited.connect("/discard")) {
			idle.sendText("complete");
			client.send(RawFrame.text("never").notFinal(), RawFrame.continuation("complete").notFinal());
			assertThat(client.expectClose(1008)).isEqualTo("Message too slow");
			idle.expectNothing();
		}
	}

	private static void serveEcho() {
		server.serve((ws) -> {
			ws.accept();
			ws.messages().forEach(ws::send);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Discard {

		@Bean
		WebSocketRoute discard() {
			return new WebSocketRoute("/discard", (ws) -> {
				ws.accept();
				ws.awaitDisconnect();
			});
		}

	}

}
