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
import java.util.List;
import java.util.stream.LongStream;

import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Valid conversations with random changes. Whatever is sent, the server answers with
 * frames that are allowed and ends the connection when the client does.
 *
 * @author Nexios Team
 */
class MutationSocketTests {

	private static final int CONVERSATIONS = 400;

	private static final int BATCH = 50;

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("nexios.ws.compression=true",
			"spring.threads.virtual.enabled=true");

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void changedFramesGetOnlyFramesThatAreAllowed(long batch) {
		server.serveEcho();
		seeds(batch).forEach((seed) -> converse(seed, Mutation.ofFrames(seed)));
	}

	private static LongStream seeds(long batch) {
		return LongStream.range(batch * BATCH, (batch + 1) * BATCH);
	}

	private void converse(long seed, byte[] bytes) {
		RawHandshake handshake = server.handshake();
		if (seed % 2 == 0) {
			handshake.header("Sec-WebSocket-Extensions", "permessage-deflate");
		}
		try (RawWs client = handshake.connect()) {
			sendAndEnd(client, bytes, (seed % 10 == 0) ? 7 : bytes.length);
			List<RawFrame> answers = client.readToEnd();
			assertThat(answers).as("Answers to the frames of seed %d", seed).allMatch(this::isAllowed);
			assertThat(answers.stream().filter((answer) -> answer.opcode() == RawFrame.CLOSE).count())
				.as("Closes for seed %d", seed)
				.isLessThanOrEqualTo(1);
		}
		catch (AssertionError ex) {
			throw new AssertionError("Frames of seed " + seed, ex);
		}
	}

	private static void sendAndEnd(RawWs client, byte[] bytes, int pieces) {
		try {
			client.sendInPieces(bytes, Math.max(1, pieces));
			client.halfClose();
		}
		catch (UncheckedIOException ex) {
			// The server was faster
		}
	}

	private boolean isAllowed(RawFrame answer) {
		return switch (answer.opcode()) {
			case RawFrame.CONTINUATION, RawFrame.TEXT, RawFrame.BINARY -> (answer.rsv() & 3) == 0;
			case RawFrame.PING, RawFrame.PONG -> answer.rsv() == 0 && answer.fin() && answer.payload().length < 126;
			case RawFrame.CLOSE -> answer.rsv() == 0 && answer.fin() && answer.payload().length != 1
					&& answer.payload().length < 126 && isAllowed(answer.closeCode());
			default -> false;
		};
	}

	private static boolean isAllowed(int closeCode) {
		return (closeCode >= 1000 && closeCode <= 1014 && closeCode != 1004 && closeCode != 1006)
				|| (closeCode >= 3000 && closeCode < 5000);
	}

	@Test
	void changedRequestsAreRefusedOrAccepted() {
		server.serveEcho();
		for (long seed = 0; seed < CONVERSATIONS; seed++) {
			RawHandshake handshake = server.handshake()
				.replace("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
				.headers("Origin: http://localhost:" + server.port(), "Sec-WebSocket-Protocol: a, b",
						"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=15", "Cookie: a=b");
			try (RawWs client = handshake.connectOnly()) {
				byte[] request = Mutation.ofRequest(seed, handshake.toBytes());
				sendAndEnd(client, request, request.length);
				assertThat(client.statusOrEnd()).as("Status of the request of seed %d", seed)
					.isNotIn(500, 502, 503, 504);
			}
			catch (AssertionError ex) {
				throw new AssertionError("Request of seed " + seed, ex);
			}
		}
	}

}
