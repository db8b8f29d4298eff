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

package io.nexios.ws.behaviour.liveness;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that are quiet, and peers that are gone.
 *
 * @author Nexios Team
 */
class HeartbeatSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer()
		.with("nexios.ws.heartbeat.interval=200ms", "nexios.ws.heartbeat.timeout=2s")
		.with("nexios.ws.inbound.max-messages=4");

	@Test
	void peerThatAnswersNothingIsGone() {
		Outcome<WSMessage> end = server.evaluate((ws) -> {
			ws.accept();
			return ws.receive();
		});
		try (RawWs silent = server.connect()) {
			assertThat(end.get()).isEqualTo(new WSMessage.Disconnect(1006, ""));
			assertThat(end.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void peerThatAnswersPingsStays() {
		Outcome<String> text = server.evaluate((ws) -> {
			ws.accept();
			return ws.receiveText();
		});
		try (RawWs client = server.connect(); Silent silent = Silent.connect()) {
			while (!silent.isGone()) {
				RawFrame ping = client.readFrame();
				assertThat(ping.opcode()).isEqualTo(RawFrame.PING);
				client.send(RawFrame.of(RawFrame.PONG, ping.payload()));
			}
			client.sendText("still here");
			assertThat(text.get()).isEqualTo("still here");
		}
	}

	@Test
	void peerThatReadsSlowlyWhatCameBeforeThePingStays() {
		Outcome<String> text = server.evaluate((ws) -> {
			ws.accept();
			ws.sendBytes(new byte[100 * 1024]);
			return ws.receiveText();
		});
		try (RawWs client = server.handshake().receiveBuffer(4 * 1024).connect()) {
			WebSocket ws = text.open();
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(ws::isConnected);
			assertThat(client.readBinary()).hasSize(100 * 1024);
			client.send(RawFrame.of(RawFrame.PONG, client.expectPing().payload()));
			client.sendText("still here");
			assertThat(text.get()).isEqualTo("still here");
		}
	}

	@Test
	void peerThatSendsButAnswersNoPingsStays() {
		AtomicInteger received = new AtomicInteger();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.texts().forEach((text) -> received.incrementAndGet());
		});
		try (RawWs client = server.connect()) {
			WebSocket ws = outcome.open();
			try (Silent silent = Silent.connect()) {
				Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).until(() -> {
					client.sendText("life");
					return silent.isGone();
				});
			}
			int before = received.get();
			client.sendText("life");
			Awaitility.await().until(() -> received.get() > before);
			assertThat(ws.isConnected()).isTrue();
		}
	}

	@Test
	void peerThatIsNotReadFromIsNotJudged() {
		Signal goOn = new Signal();
		Outcome<Integer> outcome = server.evaluate((ws) -> {
			ws.accept();
			goOn.await();
			int count = 0;
			while (!ws.receiveText().equals("last")) {
				count++;
			}
			return count;
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 20; i++) {
				client.sendText("waiting");
			}
			WebSocket ws = outcome.open();
			try (Silent silent = Silent.connect()) {
				Awaitility.await().until(silent::isGone);
			}
			assertThat(ws.isConnected()).isTrue();
			goOn.fire();
			client.sendText("last");
			assertThat(outcome.get()).isEqualTo(20);
		}
	}

	/**
	 * A peer that does not answer. The same clock checks it and the peers that stay.
	 */
	private record Silent(RawWs client, Outcome<?> outcome) implements AutoCloseable {

		static Silent connect() {
			Outcome<?> outcome = server.serve((ws) -> {
				ws.accept();
				ws.awaitDisconnect();
			});
			return new Silent(server.connect(), outcome);
		}

		boolean isGone() {
			return this.outcome.webSocket().closed().toCompletableFuture().isDone();
		}

		@Override
		public void close() {
			this.client.close();
		}

	}

}
