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

package io.nexios.ws.behaviour.pressure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages that wait too long for their peer.
 *
 * @author Nexios Team
 */
class OutboundAgeSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.outbound.max-age=500ms",
			"nexios.ws.close.timeout=1s");

	@Test
	void peerThatDoesNotReadEndsTheWaitOfTheHandler() {
		Outcome<?> outcome = server.serve(OutboundAgeSocketTests::flood);
		try (RawWs stalled = server.handshake().receiveBuffer(4 * 1024).connect()) {
			assertThat(stalled.status()).isEqualTo(101);
			assertThat(outcome.closed().getCode()).isEqualTo(1013);
			assertThat(outcome.thrown()).isInstanceOfSatisfying(WebSocketDisconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1013));
		}
	}

	@Test
	void manyPeersThatDoNotReadAreAllClosedWith1013() {
		List<Outcome<?>> outcomes = new ArrayList<>();
		List<RawWs> stalled = new ArrayList<>();
		try {
			for (int i = 0; i < 64; i++) {
				outcomes.add(server.serve(OutboundAgeSocketTests::answerAtLength));
				stalled.add(server.handshake().receiveBuffer(4 * 1024).connect());
			}
			// If there is more to answer, a task writes the messages. All at once,
			// because the server may close before a second write
			RawFrame[] questions = Collections.nCopies(50, RawFrame.text("?")).toArray(RawFrame[]::new);
			stalled.forEach((client) -> client.send(questions));
			assertThat(outcomes).extracting((outcome) -> outcome.closed().getCode()).containsOnly(1013);
			assertThat(outcomes)
				.allSatisfy((outcome) -> assertThat(outcome.thrown()).isInstanceOfSatisfying(WebSocketDisconnect.class,
						(disconnect) -> assertThat(disconnect.code()).isEqualTo(1013)));
		}
		finally {
			stalled.forEach(RawWs::close);
		}
	}

	private static void flood(WebSocket ws) {
		ws.accept();
		while (true) {
			ws.sendBytes(new byte[16 * 1024]);
		}
	}

	private static void answerAtLength(WebSocket ws) {
		ws.accept();
		for (String ignored : ws.texts()) {
			for (int i = 0; i < 16; i++) {
				ws.sendBytes(new byte[16 * 1024]);
			}
		}
	}

	@Test
	void peerThatDoesNotReadIsClosedWhateverTheOverflowPolicy() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.overflow(OverflowPolicy.DROP_NEWEST));
			ws.awaitDisconnect();
		});
		try (RawWs stalled = server.handshake().receiveBuffer(4 * 1024).connect()) {
			WebSocket ws = outcome.open();
			Flood.start(2_000, (i) -> {
				ws.sendBytes(new byte[16 * 1024]);
				LockSupport.parkNanos(100_000);
			});
			assertThat(stalled.status()).isEqualTo(101);
			assertThat(outcome.closed().getCode()).isEqualTo(1013);
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void peerThatClosesAndDoesNotReadHasNotEndedNormally() {
		AtomicInteger sent = new AtomicInteger();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			while (true) {
				ws.sendBytes(new byte[16 * 1024]);
				sent.incrementAndGet();
			}
		});
		try (RawWs stalled = server.handshake().receiveBuffer(4 * 1024).connect()) {
			await().until(() -> sent.get() > 100);
			stalled.sendClose(4000, "");
			assertThat(outcome.closed().getCode()).isIn(4000, 1006, 1013);
			assertThat(outcome.thrown()).isInstanceOf(WebSocketDisconnect.class);
		}
	}

	@Test
	void peerThatHasNothingToReadStays() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText("first");
			ws.sendText(ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.expectText("first");
			await().pollDelay(Duration.ofMillis(1200)).untilAsserted(client::expectNothing);
			client.sendText("second");
			client.expectText("second");
		}
	}

}
