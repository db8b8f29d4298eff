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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.Acceptance;
import io.nexios.ws.WSMessage;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that send faster than their handler receives.
 *
 * @author Nexios Team
 */
class InboundPressureSocketTests {

	private static final int SIZE = 16 * 1024;

	/** Much more than the buffers of two sockets can hold. */
	private static final int MANY = 4_000;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("server.tomcat.threads.max=8",
			"server.jetty.threads.max=16");

	@Test
	void fastPeerIsPushedBackAndThenEverythingArrivesInOrder() {
		Signal go = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			go.await();
			for (int i = 0; i < MANY; i++) {
				assertThat(ByteBuffer.wrap(ws.receiveBytes()).getInt()).isEqualTo(i);
			}
		});
		try (RawWs client = server.connect()) {
			Flood flood = Flood.start(MANY, (i) -> client.send(numbered(i)));
			assertThat(flood.awaitHalt()).isLessThan(MANY / 2);
			go.fire();
			flood.awaitEnd();
			client.expectClose(1000);
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void manySmallMessagesArePushedBack() {
		RawFrame[] frames = new RawFrame[700];
		Arrays.fill(frames, RawFrame.text("x"));
		Signal go = new Signal();
		server.serve((ws) -> {
			ws.accept();
			go.await();
		});
		try (RawWs client = server.connect()) {
			assertThat(Flood.start(10_000, (i) -> client.send(frames)).awaitHalt()).isLessThan(5_000);
			go.fire();
			client.expectClose(1000);
		}
	}

	@Test
	void handlerThatReceivesInRhythmMissesNoWakeUp() {
		int messages = 5_000;
		server.serve((ws) -> {
			ws.accept();
			for (int i = 0; i < messages; i++) {
				assertThat(ws.receiveText()).isEqualTo(String.valueOf(i));
				if (i % 48 == 0) {
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
				}
			}
			ws.sendText("complete");
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < messages; i++) {
				client.sendText(String.valueOf(i));
			}
			client.expectText("complete");
		}
	}

	@Test
	void burstsOfExactlyTheLimitMissNoWakeUp() {
		server.serve((ws) -> {
			ws.accept();
			int received = 0;
			for (String text : ws.texts()) {
				assertThat(text).isEqualTo("x");
				if (++received % 64 == 0) {
					ws.sendText("next");
				}
			}
		});
		RawFrame[] burst = new RawFrame[64];
		Arrays.fill(burst, RawFrame.text("x"));
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 200; i++) {
				client.send(burst);
				client.expectText("next");
			}
			client.leave();
		}
	}

	@Test
	void peersThatArePushedBackHoldUpNoOtherConnection() {
		Signal go = new Signal();
		server.serve((ws) -> {
			ws.accept();
			go.await();
		});
		List<RawWs> pushedBack = new ArrayList<>();
		try {
			RawFrame[] burst = new RawFrame[70];
			Arrays.fill(burst, RawFrame.binary(new byte[100]));
			for (int i = 0; i < 40; i++) {
				RawWs client = server.connect();
				pushedBack.add(client);
				client.send(burst);
			}
			server.serve((ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
			try (RawWs client = server.connect()) {
				for (int i = 0; i < 100; i++) {
					client.sendText("not held up");
					client.expectText("not held up");
				}
				client.leave();
			}
			go.fire();
			pushedBack.forEach((client) -> client.expectClose(1000));
		}
		finally {
			go.fire();
			pushedBack.forEach(RawWs::close);
		}
	}

	@Test
	void applicationThatClosesReadsOnUntilThePeersClose() {
		Signal go = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			go.await();
			ws.close(4000, "enough");
		});
		try (RawWs client = server.connect()) {
			Flood flood = Flood.start(MANY, (i) -> client.send(numbered(i)));
			assertThat(flood.awaitHalt()).isLessThan(MANY / 2);
			go.fire();
			assertThat(client.expectClose(4000)).isEqualTo("enough");
			flood.awaitEnd();
			client.sendClose(4000, "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
		}
	}

	@Test
	void closeOfPeerThatWasPushedBackComesAfterItsMessages() {
		Signal go = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			go.await();
			for (int i = 0; i < 1_000; i++) {
				assertThat(ws.receiveText()).isEqualTo(String.valueOf(i));
			}
			assertThat(ws.receive()).isEqualTo(new WSMessage.Disconnect(4000, "done"));
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 1_000; i++) {
				client.sendText(String.valueOf(i));
			}
			client.sendClose(4000, "done");
			go.fire();
			client.expectClose(4000);
			client.expectEnd();
			assertThat(outcome.get()).isNull();
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
		}
	}

	@Test
	void peerThatWasPushedBackAndVanishesIs1006AfterItsMessages() {
		Signal go = new Signal();
		Outcome<Integer> received = server.evaluate((ws) -> {
			ws.accept();
			go.await();
			int count = 0;
			for (byte[] bytes : ws.binaries()) {
				assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(count++);
			}
			return count;
		});
		try (RawWs client = server.connect()) {
			Flood flood = Flood.start(MANY, (i) -> client.send(numbered(i)));
			flood.awaitHalt();
			client.abort();
			go.fire();
			assertThat(received.get()).isGreaterThanOrEqualTo(1);
			assertThat(received.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void discardedMessagesPushNobodyBack() {
		Signal sent = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept(Acceptance::discardInbound);
			sent.await();
			ws.sendText("still sending");
			assertThat(ws.closed().toCompletableFuture().get(10, TimeUnit.SECONDS).getCode()).isEqualTo(4000);
		});
		try (RawWs client = server.connect()) {
			Flood flood = Flood.start(MANY, (i) -> client.send(numbered(i)));
			flood.awaitEnd();
			client.expectNothing();
			sent.fire();
			client.expectText("still sending");
			client.sendClose(4000, "");
			client.expectClose(4000);
			client.expectEnd();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void discardedMessagesAreStillLimited() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept(Acceptance::discardInbound);
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.sendBinary(new byte[(1 << 20) + 1]);
			client.expectClose(1009);
			assertThat(outcome.closed().getCode()).isEqualTo(1009);
		}
	}

	private static RawFrame numbered(int number) {
		return RawFrame.binary(ByteBuffer.allocate(SIZE).putInt(number).array());
	}

}
