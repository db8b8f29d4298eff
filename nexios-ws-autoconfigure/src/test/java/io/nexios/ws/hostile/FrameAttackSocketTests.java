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

package io.nexios.ws.hostile;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames with false headers, and frames at the wrong moment.
 *
 * @author Nexios Team
 */
class FrameAttackSocketTests {

	private static final long[] LENGTHS = { 126, 65_536, Integer.MAX_VALUE, 1L << 31, 1L << 32, (1L << 32) + 1,
			1L << 40, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, -1 };

	private static final int FEW_MEGABYTES = 32 << 20;

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("spring.threads.virtual.enabled=true");

	static IntStream reservedOpcodes() {
		return IntStream.concat(IntStream.rangeClosed(0x3, 0x7), IntStream.rangeClosed(0xB, 0xF));
	}

	@ParameterizedTest
	@MethodSource("reservedOpcodes")
	void reservedOpcodeIs1002WhateverLengthItDeclares(int opcode) {
		server.serveEcho();
		for (long length : LENGTHS) {
			expectRefusal(RawFrame.of(opcode).declaring(length), 1002);
		}
	}

	/**
	 * Jetty looks at the length with the first byte of the payload, and finds those too
	 * large for which there is no array.
	 * @param opcode the opcode
	 */
	@ParameterizedTest
	@ValueSource(ints = { RawFrame.CLOSE, RawFrame.PING, RawFrame.PONG })
	void controlFrameIsRefusedWhateverLengthItDeclares(int opcode) {
		server.serveEcho();
		for (long length : LENGTHS) {
			RawFrame frame = RawFrame.of(opcode, (byte) 3).declaring(length);
			if (length >= 0 && length <= Integer.MAX_VALUE) {
				expectRefusal(frame, 1002);
			}
			else {
				expectRefusal(frame, 1002, 1009);
			}
		}
	}

	/**
	 * To Jetty it is too large, to Tomcat no length.
	 * @param opcode the opcode
	 */
	@ParameterizedTest
	@ValueSource(ints = { RawFrame.TEXT, RawFrame.BINARY })
	void lengthWithTheTopBitIsRefused(int opcode) {
		server.serveEcho();
		for (long length : new long[] { Long.MIN_VALUE, -1, Long.MIN_VALUE + 1, Integer.MIN_VALUE }) {
			expectRefusal(RawFrame.of(opcode).declaring(length), 1002, 1009);
			expectRefusal(RawFrame.of(opcode).notFinal().declaring(length), 1002, 1009);
		}
	}

	private void expectRefusal(RawFrame frame, Integer... codes) {
		try (RawWs client = server.connect()) {
			client.send(frame);
			assertThat(client.readFrame()).as("Answer to %s of length %d", frame, frame.declaredLength())
				.satisfies((answer) -> assertThat(answer.opcode()).isEqualTo(RawFrame.CLOSE))
				.satisfies((answer) -> assertThat(answer.closeCode()).isIn((Object[]) codes));
			client.sendClose(1002, "");
			client.expectEnd();
		}
	}

	/**
	 * They may be true: only what arrives beyond the limit is refused. Jetty refuses at
	 * once what has no room in an array.
	 */
	@Test
	void declaredLengthsCostNoMemory() {
		server.serveEcho();
		List<RawWs> clients = new ArrayList<>();
		LongStream.of(1L << 20, Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE).forEach((length) -> {
			for (int i = 0; i < 10; i++) {
				RawWs client = server.connect();
				clients.add(client);
				client.send(RawFrame.binary((byte) 1).declaring(length));
			}
		});
		server.verifyOthersAreServed();
		server.verifyHeapHasNotGrownBy(FEW_MEGABYTES);
		clients.forEach(RawWs::abort);
	}

	/**
	 * RFC 6455, 5.2 demands the shortest form, and no container does.
	 */
	@Test
	void lengthInALongerFormThanNecessaryIsRefusedOrHarmless() {
		server.serveEcho();
		for (ByteBuffer header : List.of(ByteBuffer.allocate(8).put((byte) 0x81).put((byte) 0xFE).putShort((short) 1),
				ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xFF).putLong(1))) {
			try (RawWs client = server.connect()) {
				client.sendRaw(header.array());
				client.sendRaw(new byte[] { 'x' });
				RawFrame answer = client.readFrame();
				assertThat(answer.text().equals("x") || answer.closeCode() == 1002).as(answer::toString).isTrue();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { RawFrame.CONTINUATION, RawFrame.TEXT, RawFrame.BINARY, RawFrame.CLOSE, RawFrame.PING,
			RawFrame.PONG })
	void everyReservedBitIs1002(int opcode) {
		server.serveEcho();
		for (int rsv = 1; rsv < 8; rsv++) {
			try (RawWs client = server.connect()) {
				if (opcode == RawFrame.CONTINUATION) {
					client.send(RawFrame.text("x").notFinal());
				}
				client.send(RawFrame.of(opcode).withRsv(rsv));
				client.expectClose(1002);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { RawFrame.TEXT, RawFrame.BINARY, RawFrame.CLOSE, RawFrame.PING, RawFrame.PONG })
	void unmaskedFrameIs1002WhateverItHolds(int opcode) {
		server.serveEcho();
		for (byte[] payload : List.of(new byte[0], new byte[] { 3, (byte) 0xE8 })) {
			try (RawWs client = server.connect()) {
				client.send(RawFrame.of(opcode, payload).unmasked());
				client.expectClose(1002);
			}
		}
	}

	@Test
	void unmaskedContinuationIs1002() {
		server.serveEcho();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("x").notFinal(), RawFrame.continuation("y").unmasked());
			client.expectClose(1002);
		}
	}

	@Test
	void violationBehindManyMessagesEndsThemAll() {
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			int count = 0;
			for (String text : ws.texts()) {
				assertThat(text).isEqualTo(String.valueOf(count++));
			}
			return count;
		});
		try (RawWs client = server.connect()) {
			client.send(IntStream.range(0, 5_000)
				.mapToObj((i) -> RawFrame.text(String.valueOf(i)))
				.toArray(RawFrame[]::new));
			client.send(RawFrame.of(0x7));
			client.expectClose(1002);
			assertThat(received.get()).isEqualTo(5_000);
		}
	}

	@Test
	void nothingOfManyMegabytesBehindTheCloseArrives() {
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			int count = 0;
			for (byte[] bytes : ws.binaries()) {
				count += bytes.length;
			}
			return count;
		});
		try (RawWs client = server.connect()) {
			client.sendClose(1000, "");
			try {
				for (int i = 0; i < 200; i++) {
					client.sendBinary(new byte[64 * 1024]);
				}
			}
			catch (UncheckedIOException ex) {
				// This is as correct as ignoring it
			}
			assertThat(received.get()).isZero();
			assertThat(received.closed().getCode()).isEqualTo(1000);
		}
	}

	@Test
	void everyCloseCodeIsAnsweredOrRefused() {
		server.serveEcho();
		for (int code = 0; code < 5_200; code += (code < 1_020) ? 17 : 211) {
			try (RawWs client = server.connect()) {
				client.sendClose(code, "x");
				boolean registered = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
				if (code >= 3000 && code < 5000) {
					client.expectClose(code);
				}
				else {
					client.expectCloseWithAnyOf(1002, registered ? code : 1002);
				}
			}
		}
	}

}
