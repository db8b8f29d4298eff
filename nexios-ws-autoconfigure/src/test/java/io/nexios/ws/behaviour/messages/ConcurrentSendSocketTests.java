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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads that send to one connection, and many connections at once.
 *
 * @author Nexios Team
 */
class ConcurrentSendSocketTests {

	private static final int THREADS = 8;

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@Test
	void messagesOfEachThreadArriveInItsOrderAndNoneIsLost() {
		int messages = 2_000;
		server.serve((ws) -> {
			ws.accept();
			inThreads(THREADS, (thread) -> {
				for (int i = 0; i < messages; i++) {
					ws.sendText(thread + ":" + i);
				}
			});
		});
		try (RawWs client = server.connect()) {
			int[] next = new int[THREADS];
			for (int i = 0; i < THREADS * messages; i++) {
				String[] parts = client.readText().split(":");
				int thread = Integer.parseInt(parts[0]);
				assertThat(Integer.parseInt(parts[1])).isEqualTo(next[thread]++);
			}
			client.expectClose(1000);
		}
	}

	@Test
	void handlerMaySendAndEchoWhileOthersSend() {
		int messages = 1_000;
		server.serve((ws) -> {
			ws.accept();
			ExecutorService others = Executors.newFixedThreadPool(2);
			List<Future<?>> tasks = new ArrayList<>();
			for (int thread = 0; thread < 2; thread++) {
				tasks.add(others.submit(() -> {
					for (int i = 0; i < messages; i++) {
						ws.sendBytes(new byte[] { 1 });
					}
				}));
			}
			for (int i = 0; i < messages; i++) {
				ws.sendText(ws.receiveText());
			}
			for (Future<?> task : tasks) {
				task.get(10, TimeUnit.SECONDS);
			}
			others.shutdown();
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < messages; i++) {
				client.sendText(String.valueOf(i));
			}
			int texts = 0;
			int binaries = 0;
			for (int i = 0; i < 3 * messages; i++) {
				RawFrame message = client.readMessage();
				if (message.opcode() == RawFrame.TEXT) {
					assertThat(message.text()).isEqualTo(String.valueOf(texts++));
				}
				else {
					binaries++;
				}
			}
			assertThat(texts).isEqualTo(messages);
			assertThat(binaries).isEqualTo(2 * messages);
			client.expectClose(1000);
		}
	}

	@Test
	void largeMessagesOfSeveralThreadsAndPingsDoNotMix() {
		server.serve((ws) -> {
			ws.accept();
			inThreads(4, (thread) -> {
				for (int i = 0; i < 8; i++) {
					ws.sendText(String.valueOf(thread).repeat(25_000));
					ws.ping();
				}
			});
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 32; i++) {
				String text = client.readText();
				assertThat(text).isEqualTo(text.substring(0, 1).repeat(25_000));
			}
			client.expectClose(1000);
		}
	}

	@Test
	void arraysMayBeChangedAfterTheyWereSent() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			WebSocket ws = outcome.open();
			byte[] bytes = new byte[2_000];
			for (int i = 0; i < 100; i++) {
				Arrays.fill(bytes, (byte) i);
				ws.sendBytes(bytes);
				Arrays.fill(bytes, (byte) -1);
				Arrays.fill(bytes, (byte) i);
				ws.send(new WSMessage.Bytes(bytes));
				Arrays.fill(bytes, (byte) -1);
			}
			for (int i = 0; i < 200; i++) {
				byte[] received = client.readBinary();
				assertThat(received).hasSize(2_000).containsOnly((byte) (i / 2));
			}
		}
	}

	@Test
	void arraysThatWereReceivedBelongToTheHandler() {
		server.serve((ws) -> {
			ws.accept();
			byte[] first = ws.receiveBytes();
			byte[] second = ws.receiveBytes();
			Arrays.fill(second, (byte) 9);
			ws.sendBytes(first);
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.binary((byte) 1, (byte) 2), RawFrame.binary((byte) 3, (byte) 4));
			client.expectBinary((byte) 1, (byte) 2);
		}
	}

	@Test
	void manyConnectionsAtOnceAreServed() {
		server.serve((ws) -> {
			ws.accept();
			ws.texts().forEach(ws::sendText);
		});
		inThreads(50, (number) -> {
			try (RawWs client = server.connect()) {
				for (int i = 0; i < 20; i++) {
					client.sendText(number + ":" + i);
					client.expectText(number + ":" + i);
				}
				client.leave();
			}
		});
	}

	@Test
	void connectionsMaySendToEachOther() {
		List<WebSocket> connections = Collections.synchronizedList(new ArrayList<>());
		server.serve((ws) -> {
			ws.accept();
			connections.add(ws);
			ws.sendText("ready");
			ws.texts().forEach((text) -> List.copyOf(connections).forEach((other) -> other.sendText(text)));
		});
		try (RawWs first = server.connect(); RawWs second = server.connect()) {
			first.expectText("ready");
			second.expectText("ready");
			for (int i = 0; i < 200; i++) {
				first.sendText("a" + i);
			}
			for (int i = 0; i < 200; i++) {
				first.expectText("a" + i);
				second.expectText("a" + i);
			}
		}
	}

	private static void inThreads(int count, IntConsumer work) {
		ExecutorService executor = Executors.newFixedThreadPool(count);
		try {
			List<Future<?>> tasks = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				tasks.add(executor.submit(() -> work.accept(number)));
			}
			for (Future<?> task : tasks) {
				task.get(20, TimeUnit.SECONDS);
			}
		}
		catch (Exception ex) {
			throw new AssertionError("A thread failed", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

}
