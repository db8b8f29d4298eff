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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that do not read what is sent to them, but send frames that the container has to
 * answer.
 *
 * @author Nexios Team
 */
class StalledPeerSocketTests {

	private static final int SIZE = 16 * 1024;

	/** Much more than the buffers of two sockets can hold. */
	private static final int MANY = 1_000;

	private static final int SMALL_BUFFER = 4 * 1024;

	/** More than there are threads. */
	private static final int PEERS = 16;

	@RegisterExtension
	static final SocketServer server = new SocketServer()
		.with("server.tomcat.threads.max=4", "server.jetty.threads.max=12")
		.with("nexios.ws.outbound.max-age=15s");

	private final AtomicInteger sent = new AtomicInteger();

	@ParameterizedTest
	@EnumSource
	void stalledPeersHoldNoThreadOfTheApplication(Input input) {
		serveFlood();
		List<RawWs> peers = new ArrayList<>();
		try {
			for (int i = 0; i < PEERS; i++) {
				peers.add(server.handshake().receiveBuffer(SMALL_BUFFER).connect());
			}
			Flood.awaitHalt(this.sent);
			peers.forEach(input.sending);
			assertApplicationAnswers();
		}
		finally {
			peers.forEach(RawWs::abort);
		}
	}

	/**
	 * Repeatedly, because the server still has to read what the peers have sent.
	 */
	private static void assertApplicationAnswers() {
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(Duration.ofSeconds(5))
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> {
				try (RawWs get = server.handshake("/nothing").withoutUpgrade().send()) {
					assertThat(get.status()).isEqualTo(404);
				}
			});
	}

	@Test
	void lastPingOfStalledPeersIsAnsweredWhenTheyReadAgain() {
		Outcome<?> outcome = serveFlood();
		try (RawWs peer = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			outcome.open();
			Flood.awaitHalt(this.sent);
			peer.sendPing("first");
			peer.sendPing("last");
			assertApplicationAnswers();
			for (int i = 0; i < MANY; i++) {
				assertThat(ByteBuffer.wrap(peer.readBinary()).getInt()).isEqualTo(i);
			}
			peer.expectClose(1000);
			assertThat(peer.pongs()).endsWith("last");
			assertThat(outcome.get()).isNull();
		}
	}

	@RepeatedTest(3)
	void closeOfStalledPeersIsAnsweredWhenTheyReadAgain() {
		Outcome<?> outcome = serveFlood();
		try (RawWs peer = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			outcome.open();
			Flood.awaitHalt(this.sent);
			peer.send(RawFrame.close(4001, "enough"));
			assertApplicationAnswers();
			List<RawFrame> frames = peer.readToEnd();
			assertThat(frames.get(frames.size() - 1).closeCode()).isEqualTo(4001);
			assertThat(outcome.closed().getCode()).isEqualTo(4001);
		}
	}

	@Test
	void messagesOfStalledPeersAreReceived() {
		Outcome<String> received = server.evaluate((ws) -> {
			ws.accept((acceptance) -> acceptance.overflow(OverflowPolicy.DROP_NEWEST));
			Flood.start(MANY, (i) -> ws.sendBytes(numbered(i)));
			return ws.receiveText();
		});
		try (RawWs peer = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			peer.sendPing("unread");
			peer.sendText("read");
			assertThat(received.get()).isEqualTo("read");
		}
	}

	private Outcome<?> serveFlood() {
		return server.serve((ws) -> {
			ws.accept();
			for (int i = 0; i < MANY; i++) {
				ws.sendBytes(numbered(i));
				this.sent.incrementAndGet();
			}
		});
	}

	private static byte[] numbered(int number) {
		return ByteBuffer.allocate(SIZE).putInt(number).array();
	}

	/**
	 * Frames of a peer that the container answers by itself.
	 */
	enum Input {

		/** A ping. */
		PING((peer) -> peer.sendPing("unread")),

		/** Pings that fill the rest of all buffers with pongs. */
		PINGS((peer) -> {
			for (int i = 0; i < 100; i++) {
				peer.sendPing("unread".repeat(20));
			}
		}),

		/** A close. */
		CLOSE((peer) -> peer.sendClose(1000, "bye")),

		/** A close with another code, which containers treat differently. */
		GOING_AWAY((peer) -> peer.sendClose(1001, "")),

		/** A close without a payload. */
		CLOSE_WITHOUT_CODE((peer) -> peer.send(RawFrame.close())),

		/** The end of the TCP connection in one direction. */
		HALF_CLOSE(RawWs::halfClose),

		/** An invalid frame. */
		VIOLATION((peer) -> peer.send(RawFrame.continuation("of nothing"))),

		/** A close directly after a ping. */
		PING_AND_CLOSE((peer) -> peer.send(RawFrame.ping("unread"), RawFrame.close(1000, "")));

		private final Consumer<RawWs> sending;

		Input(Consumer<RawWs> sending) {
			this.sending = sending;
		}

	}

}
