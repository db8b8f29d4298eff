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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that read more slowly than messages are sent to them, or that do not read at all.
 *
 * @author Nexios Team
 */
class OutboundPressureSocketTests {

	private static final int SIZE = 16 * 1024;

	/** Much more than the buffers of two sockets can hold. */
	private static final int MANY = 4_000;

	/** Fewer than fit the queue, and more than the sockets take at first. */
	private static final int FEW = 50;

	private static final int SMALL_BUFFER = 4 * 1024;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.outbound.max-age=5s");

	private final AtomicInteger sent = new AtomicInteger();

	@Test
	void handlerWaitsForSlowPeerAndThenEverythingArrivesInOrder() {
		Outcome<?> outcome = serveFlood();
		try (RawWs slow = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			outcome.open();
			assertThat(Flood.awaitHalt(this.sent)).isBetween(1, MANY / 2);
			for (int i = 0; i < MANY; i++) {
				assertThat(ByteBuffer.wrap(slow.readBinary()).getInt()).isEqualTo(i);
			}
			slow.expectClose(1000);
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void peerThatDoesNotReadDelaysNobodyElse() {
		Outcome<?> outcome = serveFlood();
		try (RawWs stalled = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			outcome.open();
			Flood.awaitHalt(this.sent);
			Outcome<?> echo = server.serve((ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
			try (RawWs client = server.connect()) {
				for (int i = 0; i < 100; i++) {
					client.sendText("not delayed");
					client.expectText("not delayed");
				}
				echo.open().sendText("by another thread");
				client.expectText("by another thread");
				client.leave();
			}
			stalled.abort();
			assertThat(outcome.thrown()).isInstanceOf(WebSocketDisconnect.class);
		}
	}

	@Test
	void otherThreadsDoNotWaitForRoomButClose1013() {
		Outcome<?> outcome = serveFlood();
		try (RawWs stalled = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			WebSocket ws = outcome.open();
			Flood.awaitHalt(this.sent);
			Flood.start(1, (i) -> ws.sendBytes(new byte[1 << 20])).awaitEnd();
			assertThat(outcome.closed()).isEqualTo(new CloseStatus(1013, "Too many bytes unread"));
			assertThat(outcome.thrown()).isInstanceOfSatisfying(WebSocketDisconnect.class,
					(disconnect) -> assertThat(disconnect.code()).isEqualTo(1013));
		}
	}

	@Test
	void newestMessagesAreDroppedWhenAskedFor() {
		List<Integer> received = sendFromOtherThread(OverflowPolicy.DROP_NEWEST);
		assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeLessThan(MANY);
		// The messages behind them use the room of each write that ends, including the
		// last write
		assertThat(received).startsWith(IntStream.range(0, FEW).boxed().toArray(Integer[]::new));
	}

	@Test
	void oldestMessagesAreDroppedWhenAskedFor() {
		List<Integer> received = sendFromOtherThread(OverflowPolicy.DROP_OLDEST);
		assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeLessThan(MANY);
		assertThat(received).endsWith(IntStream.range(MANY - FEW, MANY).boxed().toArray(Integer[]::new));
	}

	private List<Integer> sendFromOtherThread(OverflowPolicy policy) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.overflow(policy));
			ws.awaitDisconnect();
		});
		try (RawWs slow = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			WebSocket ws = outcome.open();
			Flood.start(MANY, (i) -> ws.sendBytes(numbered(i))).awaitEnd();
			List<Integer> received = new CopyOnWriteArrayList<>();
			Flood.start(MANY, (i) -> received.add(ByteBuffer.wrap(slow.readBinary()).getInt())).awaitHalt();
			assertThat(ws.isConnected()).isTrue();
			return received;
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

}
