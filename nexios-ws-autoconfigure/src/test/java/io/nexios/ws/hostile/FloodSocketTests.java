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
import java.util.concurrent.CompletableFuture;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million small items. Only their bytes limit how many a message or a connection may
 * hold.
 *
 * @author Nexios Team
 */
class FloodSocketTests {

	private static final int MILLION = 1_000_000;

	private static final int BURST = 10_000;

	private static final int FEW_MEGABYTES = 32 << 20;

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("nexios.ws.accept-timeout=5s",
			"spring.threads.virtual.enabled=true");

	@ParameterizedTest
	@ValueSource(strings = { "x", "" })
	void millionFragmentsThatHoldNextToNothingAreRefused(String fragment) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("").notFinal());
			floodUntilCutOff(client, RawFrame.continuation(fragment).notFinal());
			server.verifyOthersAreServed();
			server.verifyHeapHasNotGrownBy(FEW_MEGABYTES);
			assertThat(outcome.closed().getCode()).isEqualTo(1008);
		}
	}

	/**
	 * Not a million, because below JDK 21 Tomcat needs some milliseconds to continue
	 * reading after a pause.
	 */
	@Test
	void thousandsOfEmptyMessagesAreReceived() {
		int messages = 3 * BURST;
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			int count = 0;
			for (String text : ws.texts()) {
				count++;
			}
			return count;
		});
		try (RawWs client = server.connect()) {
			flood(client, RawFrame.text(""), messages);
			server.verifyOthersAreServed();
			server.verifyHeapHasNotGrownBy(FEW_MEGABYTES);
			client.leave();
			assertThat(received.get()).isEqualTo(messages);
		}
	}

	@Test
	void millionPongsAreIgnored() {
		server.serveEcho();
		try (RawWs client = server.connect()) {
			flood(client, RawFrame.pong("unasked"));
			server.verifyOthersAreServed();
			server.verifyHeapHasNotGrownBy(FEW_MEGABYTES);
			client.sendText("still here");
			client.expectText("still here");
		}
	}

	/**
	 * A peer that takes more than a moment to read its pongs gets none for its oldest
	 * pings. On a busy machine this is such a peer, but the last ping always is answered.
	 */
	@Test
	void hundredThousandPingsAreAnsweredUpToTheLast() {
		server.serveEcho();
		try (RawWs client = server.connect()) {
			CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> pongsUntil("last", client));
			flood(client, RawFrame.ping("p"), MILLION / 10);
			client.sendPing("last");
			assertThat(Outcome.waitFor(reading)).isPositive().isLessThanOrEqualTo(MILLION / 10);
			server.verifyOthersAreServed();
			client.sendText("still here");
			client.expectText("still here");
		}
	}

	private static int pongsUntil(String last, RawWs client) {
		int pongs = 0;
		for (RawFrame frame = client.readFrame(); !frame.text().equals(last); frame = client.readFrame()) {
			assertThat(frame.opcode()).isEqualTo(RawFrame.PONG);
			pongs++;
		}
		return pongs;
	}

	/**
	 * The server cannot send its pongs, and stops reading.
	 */
	@Test
	void pingsOfPeersThatDoNotReadPongsHarmNobody() {
		server.serveEcho();
		byte[] pings = burst(RawFrame.ping("p".repeat(125)), BURST);
		for (int i = 0; i < 5; i++) {
			RawWs client = server.handshake().receiveBuffer(4096).connect();
			CompletableFuture<Void> flooding = CompletableFuture.runAsync(() -> floodInVain(client, pings));
			server.verifyOthersAreServed();
			server.verifyHeapHasNotGrownBy(FEW_MEGABYTES);
			client.abort();
			Outcome.waitFor(flooding);
		}
	}

	private static void floodInVain(RawWs client, byte[] burst) {
		try {
			for (int i = 0; i < 1_000; i++) {
				client.sendRaw(burst);
			}
		}
		catch (UncheckedIOException ex) {
			// One side has ended the connection
		}
	}

	@Test
	void hundredsOfConnectionsOneAfterTheOtherLeaveNothingBehind() {
		server.serveEcho();
		for (int i = 0; i < 300; i++) {
			RawWs client = server.handshake().send();
			if (i % 2 == 0) {
				assertThat(client.status()).isEqualTo(101);
			}
			if (i % 3 == 0) {
				client.close();
			}
			else {
				client.abort();
			}
		}
		server.verifyOthersAreServed();
	}

	private static void flood(RawWs client, RawFrame frame) {
		flood(client, frame, MILLION);
	}

	private static void floodUntilCutOff(RawWs client, RawFrame frame) {
		try {
			flood(client, frame);
		}
		catch (UncheckedIOException ex) {
			// The server cuts the connection off, as it should
		}
	}

	private static void flood(RawWs client, RawFrame frame, int times) {
		byte[] burst = burst(frame, BURST);
		for (int i = 0; i < times / BURST; i++) {
			client.sendRaw(burst);
		}
	}

	private static byte[] burst(RawFrame frame, int times) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < times; i++) {
			bytes.writeBytes(frame.toBytes());
		}
		return bytes.toByteArray();
	}

}
