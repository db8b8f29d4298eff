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

import java.util.Arrays;

import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages in several frames, with control frames between them.
 *
 * @author Nexios Team
 */
class FragmentationSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@BeforeEach
	void echo() {
		server.serve((ws) -> {
			ws.accept();
			ws.messages().forEach(ws::send);
		});
	}

	@Test
	void fragmentsBecomeOneText() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("one ").notFinal());
			client.send(RawFrame.continuation("two ").notFinal());
			client.send(RawFrame.continuation("three"));
			client.expectText("one two three");
		}
	}

	@Test
	void fragmentsBecomeOneBinaryMessage() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.binary((byte) 1).notFinal(),
					RawFrame.of(RawFrame.CONTINUATION, (byte) 2, (byte) 3).notFinal(),
					RawFrame.of(RawFrame.CONTINUATION, (byte) 4));
			client.expectBinary((byte) 1, (byte) 2, (byte) 3, (byte) 4);
		}
	}

	@Test
	void fragmentsMayBeEmpty() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("").notFinal(), RawFrame.continuation("").notFinal(),
					RawFrame.continuation("a").notFinal(), RawFrame.continuation(""));
			client.expectText("a");
			client.send(RawFrame.text("").notFinal(), RawFrame.continuation(""));
			client.expectText("");
		}
	}

	@Test
	void messagesOfManyFragmentsFollowEachOther() {
		try (RawWs client = server.connect()) {
			for (int message = 0; message < 3; message++) {
				client.send(RawFrame.text("").notFinal());
				for (int fragment = 0; fragment < 500; fragment++) {
					client.send(RawFrame.continuation("x").notFinal());
				}
				client.send(RawFrame.continuation(String.valueOf(message)));
			}
			for (int message = 0; message < 3; message++) {
				client.expectText("x".repeat(500) + message);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ü", "€", "😀" })
	void charactersMayBeSplitAtEveryByte(String character) {
		byte[] bytes = RawFrame.text(character).payload();
		try (RawWs client = server.connect()) {
			for (int cut = 1; cut < bytes.length; cut++) {
				byte[] head = Arrays.copyOf(bytes, cut);
				byte[] tail = Arrays.copyOfRange(bytes, cut, bytes.length);
				client.send(RawFrame.of(RawFrame.TEXT, head).notFinal(), RawFrame.of(RawFrame.CONTINUATION, tail));
				client.expectText(character);
			}
		}
	}

	@Test
	void characterMaySpreadOverAFrameForEachByte() {
		byte[] bytes = RawFrame.text("😀").payload();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.of(RawFrame.TEXT, bytes[0]).notFinal());
			client.send(RawFrame.of(RawFrame.CONTINUATION, bytes[1]).notFinal());
			client.send(RawFrame.of(RawFrame.CONTINUATION, bytes[2]).notFinal());
			client.send(RawFrame.of(RawFrame.CONTINUATION, bytes[3]));
			client.expectText("😀");
		}
	}

	@Test
	void frameMayArriveByteByByte() {
		try (RawWs client = server.connect()) {
			client.sendInPieces(RawFrame.text("slow €").toBytes(), 1);
			client.expectText("slow €");
		}
	}

	@Test
	void controlFramesMayComeBetweenFragments() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a").notFinal(), RawFrame.ping("between"), RawFrame.pong("unasked"),
					RawFrame.continuation("b"));
			client.expectText("ab");
			client.expectPong("between");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125 })
	void pingIsAnsweredWithItsPayload(int length) {
		try (RawWs client = server.connect()) {
			client.sendPing("p".repeat(length));
			client.expectPong("p".repeat(length));
		}
	}

	@Test
	void unaskedPongIsIgnored() {
		try (RawWs client = server.connect()) {
			client.send(RawFrame.pong("unasked"), RawFrame.text("next"));
			client.expectText("next");
			client.expectNothing();
		}
	}

	@Test
	void pingIsAnsweredWhileHandlerIsBusy() {
		server.serve((ws) -> {
			ws.accept();
			assertThat(ws.closed().toCompletableFuture().get()).isNotNull();
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("waiting to be received"), RawFrame.ping("alive?"));
			client.expectPong("alive?");
		}
	}

}
