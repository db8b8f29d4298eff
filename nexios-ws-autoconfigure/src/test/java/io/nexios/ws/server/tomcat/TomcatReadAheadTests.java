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

package io.nexios.ws.server.tomcat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections whose sockets Tomcat's poller reads ahead.
 *
 * @author Nexios Team
 */
@Tag("tomcat-internals")
@EnabledForJreRange(min = JRE.JAVA_21)
class TomcatReadAheadTests {

	private static final int CLIENTS = 6;

	private static final int ROUNDS = 400;

	private static final int BUSY_CLIENTS = 40;

	private static final int MESSAGES = 1_000;

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.start(Routes.class, "spring.threads.virtual.enabled=true");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void everyMessageIsAnsweredInOrderWhateverThePace() {
		List<Flood> floods = IntStream.range(0, CLIENTS)
			.mapToObj((seed) -> Flood.start(1, (i) -> talk(new Random(seed))))
			.toList();
		floods.forEach(Flood::awaitEnd);
	}

	@Test
	void peersThatAllSendOnAreAnsweredInOrder() {
		List<Flood> floods = IntStream.range(0, BUSY_CLIENTS)
			.mapToObj((seed) -> Flood.start(1, (i) -> sendOn(new Random(seed))))
			.toList();
		floods.forEach(Flood::awaitEnd);
	}

	private void sendOn(Random random) {
		try (RawWs client = this.server.connect("/echo")) {
			int sent = 0;
			int received = 0;
			while (received < MESSAGES) {
				for (int i = random.nextInt(8); i >= 0 && sent < MESSAGES; i--) {
					client.sendText("message " + sent++);
				}
				// Some are still under way when the next ones follow
				for (int left = (sent < MESSAGES) ? random.nextInt(8) : 0; sent - received > left;) {
					client.expectText("message " + received++);
				}
			}
			client.sendClose(1000, "");
			client.expectClose(1000);
		}
	}

	private void talk(Random random) {
		try (RawWs client = this.server.connect("/echo")) {
			Deque<String> expected = new ArrayDeque<>();
			for (int round = 0; round < ROUNDS; round++) {
				send(client, random, expected);
				// Mostly one at a time, so that it is read ahead repeatedly
				int left = (random.nextInt(4) == 0) ? random.nextInt(12) : 0;
				while (expected.size() > left) {
					client.expectText(expected.remove());
				}
			}
			while (!expected.isEmpty()) {
				client.expectText(expected.remove());
			}
			client.sendClose(1000, "");
			client.expectClose(1000);
		}
	}

	private static void send(RawWs client, Random random, Deque<String> expected) {
		int messages = (random.nextInt(8) == 0) ? 1 + random.nextInt(12) : 1;
		for (int i = 0; i < messages; i++) {
			String text = String.valueOf(random.nextInt(1_000)).repeat(1 + random.nextInt(sizes(random)));
			expected.add(text);
			if (random.nextInt(8) == 0) {
				int middle = text.length() / 2;
				client.send(RawFrame.text(text.substring(0, middle)).notFinal());
				client.send(RawFrame.continuation(text.substring(middle)));
			}
			else {
				client.sendText(text);
			}
		}
	}

	private static int sizes(Random random) {
		// Some larger than the buffer of the socket
		return (random.nextInt(16) == 0) ? 6_000 : 20;
	}

	@Test
	void pingIsAnsweredWhileTheHandlerIsBusy() {
		try (RawWs client = this.server.connect("/busy")) {
			client.sendText("go");
			client.expectText("busy");
			for (int i = 0; i < 10; i++) {
				client.sendPing("ping " + i);
				client.expectPong("ping " + i);
			}
		}
	}

	@Test
	void peerThatLeavesIsNoticedWhileTheHandlerIsBusy() {
		RawWs client = this.server.connect("/busy");
		client.sendText("go");
		client.expectText("busy");
		client.abort();
		this.server.bean(Routes.class).left.orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		private final CompletableFuture<Void> left = new CompletableFuture<>();

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			}).addWsRoute("/busy", (ws) -> {
				ws.accept();
				ws.receiveText();
				ws.sendText("busy");
				ws.closed().toCompletableFuture().join();
				this.left.complete(null);
			});
		}

	}

}
