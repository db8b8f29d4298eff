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

import java.util.stream.Stream;

import io.nexios.ws.WSMessage;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames that RFC 6455 does not allow, and what the peer and the handler see of them.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class ProtocolViolationSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@ParameterizedTest
	@MethodSource("violations")
	void violationIs1002(RawFrame[] frames) {
		expect(1002, frames);
	}

	static Stream<Named<RawFrame[]>> violations() {
		return Stream.of(named("unmasked text", RawFrame.text("x").unmasked()),
				named("unmasked close", RawFrame.close(1000, "").unmasked()),
				named("RSV1 without extension", RawFrame.text("x").withRsv(4)),
				named("RSV2", RawFrame.text("x").withRsv(2)), named("RSV3", RawFrame.text("x").withRsv(1)),
				named("RSV1 on control frame", RawFrame.ping("x").withRsv(4)),
				named("reserved data opcode", RawFrame.of(0x3, "x")),
				named("reserved control opcode", RawFrame.of(0xB, "x")),
				named("continuation of nothing", RawFrame.continuation("x")),
				named("final continuation after end", RawFrame.text("x"), RawFrame.continuation("y")),
				named("text within message", RawFrame.text("x").notFinal(), RawFrame.text("y")),
				named("binary within message", RawFrame.text("x").notFinal(), RawFrame.binary((byte) 1)),
				named("fragmented ping", RawFrame.ping("x").notFinal()),
				named("fragmented close", RawFrame.close(1000, "").notFinal()),
				named("large ping", RawFrame.ping("x".repeat(126))),
				named("large close", RawFrame.close(1000, "x".repeat(124))),
				named("close with half a code", RawFrame.of(RawFrame.CLOSE, (byte) 3)));
	}

	private static Named<RawFrame[]> named(String name, RawFrame... frames) {
		return Named.of(name, frames);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535 })
	void closeCodeThatIsNotAllowedIs1002(int code) {
		expect(1002, RawFrame.close(code, "x"));
	}

	@Test
	void frameOfNegativeLengthIsRefused() {
		server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.binary((byte) 1).declaring(Long.MIN_VALUE));
			client.expectCloseWithAnyOf(1002, 1009);
		}
	}

	@ParameterizedTest
	@MethodSource("textsThatAreNotUtf8")
	void textThatIsNotUtf8Is1007(RawFrame[] frames) {
		expect(1007, frames);
	}

	static Stream<Named<RawFrame[]>> textsThatAreNotUtf8() {
		return Stream.of(named("overlong", text(0xC0, 0x80)), named("lonely continuation byte", text('a', 0x80)),
				named("surrogate", text(0xED, 0xA0, 0x80)), named("above U+10FFFF", text(0xF4, 0x90, 0x80, 0x80)),
				named("0xFF", text(0xFF)), named("incomplete at the end", text('a', 0xE2, 0x82)),
				named("incomplete at the end of the last fragment", text('a').notFinal(),
						RawFrame.of(RawFrame.CONTINUATION, (byte) 0xE2)),
				named("broken across fragments", text(0xE2).notFinal(), RawFrame.continuation("x")));
	}

	private static RawFrame text(int... bytes) {
		byte[] payload = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			payload[i] = (byte) bytes[i];
		}
		return RawFrame.of(RawFrame.TEXT, payload);
	}

	@Test
	void closeReasonThatIsNotUtf8IsRefused() {
		server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.of(RawFrame.CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xFF));
			client.expectCloseWithAnyOf(1002, 1007);
		}
	}

	@Test
	void messagesBeforeTheViolationAreReceived() {
		Outcome<String> received = server.evaluate((ws) -> {
			ws.accept();
			String text = ws.receiveText();
			ws.awaitDisconnect();
			return text;
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("before"), RawFrame.text("x").unmasked());
			client.expectClose(1002);
			assertThat(received.get()).isEqualTo("before");
		}
	}

	@Test
	void violationIsNoErrorOfTheServer(CapturedOutput output) {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
		});
		try (RawWs client = server.connect("/t?token=secret-token")) {
			client.send(RawFrame.text("secret-payload").unmasked());
			client.expectClose(1002);
		}
		assertThat(output).doesNotContain("ERROR").doesNotContain("secret");
	}

	private void expect(int code, RawFrame... frames) {
		Outcome<WSMessage> end = server.evaluate((ws) -> {
			ws.accept();
			WSMessage message = ws.receive();
			while (!(message instanceof WSMessage.Disconnect)) {
				message = ws.receive();
			}
			return message;
		});
		try (RawWs client = server.connect()) {
			client.send(frames);
			client.expectClose(code);
			client.sendClose(code, "");
			client.expectEnd();
			assertThat(end.get()).isInstanceOfSatisfying(WSMessage.Disconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(code));
			assertThat(end.closed().getCode()).isEqualTo(code);
		}
	}

}
