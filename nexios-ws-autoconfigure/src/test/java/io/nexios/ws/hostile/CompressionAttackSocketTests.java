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

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Malformed or malicious compressed messages.
 *
 * @author Nexios Team
 */
class CompressionAttackSocketTests {

	private static final int RSV1 = 4;

	private static final int BOMB = 64 << 20;

	private static final int FEW_MEGABYTES = 32 << 20;

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("nexios.ws.compression=true");

	@ParameterizedTest
	@ValueSource(ints = { RawFrame.TEXT, RawFrame.BINARY })
	void bombInOneFrameIs1009(int opcode) {
		Outcome<?> outcome = server.serveEcho();
		byte[] bomb = bomb();
		try (RawWs client = connect()) {
			client.send(RawFrame.of(opcode, bomb).withRsv(RSV1));
			client.expectClose(1009);
			assertThat(outcome.closed().getCode()).isEqualTo(1009);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 1_000 })
	void bombInFragmentsIs1009(int fragment) {
		Outcome<?> outcome = server.serveEcho();
		byte[] bomb = bomb();
		try (RawWs client = connect()) {
			ByteArrayOutputStream frames = new ByteArrayOutputStream();
			for (int start = 0; start < bomb.length; start += fragment) {
				byte[] part = Arrays.copyOfRange(bomb, start, Math.min(start + fragment, bomb.length));
				RawFrame frame = (start == 0) ? RawFrame.of(RawFrame.BINARY, part).withRsv(RSV1)
						: RawFrame.of(RawFrame.CONTINUATION, part);
				frames.writeBytes(frame.notFinal().toBytes());
			}
			try {
				client.sendRaw(frames.toByteArray());
			}
			catch (UncheckedIOException ex) {
				// The server need not read it all
			}
			assertThat(outcome.closed().getCode()).isEqualTo(1009);
		}
	}

	@Test
	void manyBombsCostNoMemory() {
		server.serveEcho();
		byte[] bomb = bomb();
		List<RawWs> clients = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			RawWs client = connect();
			clients.add(client);
			client.send(RawFrame.of(RawFrame.BINARY, bomb).withRsv(RSV1));
		}
		server.verifyOthersAreServed();
		clients.forEach((client) -> client.expectClose(1009));
		server.verifyHeapHasNotGrownBy(FEW_MEGABYTES);
		clients.forEach(RawWs::abort);
	}

	@ParameterizedTest
	@ValueSource(ints = { RawFrame.TEXT, RawFrame.BINARY })
	void messageThatCannotBeInflatedEndsWithTheSameCodeOnBothSides(int opcode) {
		Outcome<?> outcome = server.serveEcho();
		try (RawWs client = connect()) {
			client.send(RawFrame.of(opcode, new byte[] { -1, -1, -1, -1, -1 }).withRsv(RSV1));
			RawFrame close = client.readFrame();
			assertThat(close.opcode()).isEqualTo(RawFrame.CLOSE);
			assertThat(close.closeCode()).isIn(1002, 1007);
			assertThat(outcome.closed().getCode()).isEqualTo(close.closeCode());
		}
	}

	private static byte[] bomb() {
		byte[] bomb = deflate(new byte[BOMB], Deflater.SYNC_FLUSH);
		assertThat(bomb.length).isLessThan(BOMB / 1_000);
		return bomb;
	}

	/**
	 * Containers need not refuse a stream that ends (RFC 7692, 7.2.3.4). Jetty ignores
	 * what is behind its end, Tomcat begins anew within the same message. The next one
	 * has none of it.
	 * @param behind what follows the end
	 */
	@ParameterizedTest
	@ValueSource(strings = { "second", "garbage" })
	void bytesBehindTheLastBlockAreRefusedOrNotInTheNextMessage(String behind) {
		server.serveEcho();
		byte[] rest = behind.equals("second") ? deflate(behind.getBytes(), Deflater.SYNC_FLUSH) : behind.getBytes();
		try (RawWs client = connect()) {
			byte[] payload = concat(deflate("first".getBytes(), Deflater.FULL_FLUSH, true), rest);
			client.send(RawFrame.of(RawFrame.BINARY, payload).withRsv(RSV1));
			RawFrame answer = client.readFrame();
			if (answer.opcode() == RawFrame.CLOSE) {
				assertThat(answer.closeCode()).isIn(1002, 1007);
				return;
			}
			assertThat(inflate(answer)).isIn("first", "firstsecond");
			client.sendText("next");
			assertThat(inflate(client.readFrame())).isEqualTo("next");
		}
	}

	@Test
	void bytesThatAreNotCompressedAreRefused() {
		expectRefusal("not compressed".getBytes());
		expectRefusal((byte) 0xFF, (byte) 0xFF, (byte) 0xFF);
		expectRefusal((byte) 7, (byte) 0);
	}

	/**
	 * The RFC names no code for it.
	 */
	private void expectRefusal(byte... payload) {
		server.serveEcho();
		try (RawWs client = connect()) {
			client.send(RawFrame.of(RawFrame.BINARY, payload).withRsv(RSV1));
			client.expectCloseWithAnyOf(1002, 1007);
		}
		server.verifyOthersAreServed();
	}

	@Test
	void compressedControlFrameIs1002() {
		server.serveEcho();
		try (RawWs client = connect()) {
			client.send(RawFrame.of(RawFrame.PING, deflate(new byte[1], Deflater.SYNC_FLUSH)).withRsv(RSV1));
			client.expectClose(1002);
		}
	}

	/**
	 * To Tomcat the bit of the first frame counts, and no other.
	 */
	@Test
	void compressedContinuationIsRefusedOrNotInflated() {
		server.serveEcho();
		try (RawWs client = connect()) {
			client.send(RawFrame.text("x").notFinal(), RawFrame.continuation("y").withRsv(RSV1));
			RawFrame answer = client.readFrame();
			assertThat(answer.closeCode() == 1002 || inflate(answer).equals("xy")).as(answer::toString).isTrue();
		}
	}

	@Test
	void compressedTextThatIsNotUtf8Is1007() {
		server.serveEcho();
		try (RawWs client = connect()) {
			byte[] payload = deflate(new byte[] { 'a', (byte) 0xFF }, Deflater.SYNC_FLUSH);
			client.send(RawFrame.of(RawFrame.TEXT, payload).withRsv(RSV1));
			client.expectClose(1007);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate; server_max_window_bits=99", "permessage-deflate; x",
			"permessage-deflate; server_max_window_bits", "permessage-deflate; client_max_window_bits=-1",
			"permessage-deflate; server_no_context_takeover=1; server_no_context_takeover", "permessage-deflate;",
			"permessage-deflate; a=b; a=b", ";;;", ",", "permessage-deflate,permessage-deflate,permessage-deflate",
			"permessage-deflate; client_max_window_bits=\"8", "x-webkit-deflate-frame", "\u00ff", "a; b=\u0001" })
	void malformedExtensionIsRefusedOrLeftOut(String extension) {
		server.serveEcho();
		try (RawWs client = server.handshake().header("Sec-WebSocket-Extensions", extension).send()) {
			assertThat(client.status()).isIn(101, 400);
		}
	}

	private static RawWs connect() {
		RawHandshake handshake = server.handshake().header("Sec-WebSocket-Extensions", "permessage-deflate");
		RawWs client = handshake.connect();
		assertThat(client.header("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
		return client;
	}

	private static byte[] deflate(byte[] bytes, int flush) {
		return deflate(bytes, flush, false);
	}

	/**
	 * Compress as RFC 7692, 7.2.1 says.
	 * @param bytes the message
	 * @param flush how to end
	 * @param last whether to end the stream, which hardly anybody does
	 * @return the payload of the message
	 */
	private static byte[] deflate(byte[] bytes, int flush, boolean last) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		deflater.setInput(bytes);
		if (last) {
			deflater.finish();
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] buffer = new byte[64 * 1024];
		int length = deflater.deflate(buffer, 0, buffer.length, flush);
		while (length > 0) {
			out.write(buffer, 0, length);
			length = deflater.deflate(buffer, 0, buffer.length, flush);
		}
		deflater.end();
		byte[] deflated = out.toByteArray();
		return last ? deflated : Arrays.copyOf(deflated, deflated.length - 4);
	}

	private static String inflate(RawFrame frame) {
		if (frame.rsv() == 0) {
			return frame.text();
		}
		Inflater inflater = new Inflater(true);
		inflater.setInput(concat(frame.payload(), new byte[] { 0, 0, (byte) 0xFF, (byte) 0xFF }));
		byte[] buffer = new byte[1024];
		try {
			return new String(buffer, 0, inflater.inflate(buffer), StandardCharsets.UTF_8);
		}
		catch (DataFormatException ex) {
			throw new AssertionError(ex);
		}
		finally {
			inflater.end();
		}
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

}
