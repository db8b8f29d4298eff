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

package io.nexios.ws.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consumers whose peers do not read. Without virtual threads, all consumers share a fixed
 * number of threads.
 *
 * @author Nexios Team
 */
class ConsumerPressureSocketTests {

	private static final int SMALL_BUFFER = 4 * 1024;

	/** More than the threads that consumers share. */
	private static final int PEERS = 100;

	private static final AtomicInteger sent = new AtomicInteger();

	@RegisterExtension
	static final SocketServer server = new SocketServer(RouterConfiguration.class)
		.with("nexios.ws.handler.max-threads=150", "nexios.ws.outbound.max-age=30s");

	@Test
	void peersThatDoNotReadDelayNobodyElse() {
		List<RawWs> stalled = new ArrayList<>();
		try (RawWs client = server.connect("/consumer")) {
			for (int i = 0; i < PEERS; i++) {
				stalled.add(stalledPeer());
				assertThat(echo(client)).isLessThan(Duration.ofSeconds(2));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(echo(client)).isLessThan(Duration.ofSeconds(2));
			}
		}
		finally {
			stalled.forEach(RawWs::abort);
		}
	}

	@Test
	void consumersGoOnWhenTheirPeersRead() {
		try (RawWs slow = stalledPeer()) {
			Flood.awaitHalt(sent);
			for (int i = 0; i < FloodingConsumer.MESSAGES; i++) {
				assertThat(slow.readBinary()).hasSize(FloodingConsumer.SIZE);
			}
			assertThat(echo(slow)).isLessThan(RawWs.TIMEOUT);
		}
	}

	private static RawWs stalledPeer() {
		RawWs peer = server.handshake("/consumer").receiveBuffer(SMALL_BUFFER).connect();
		peer.sendText("flood");
		return peer;
	}

	private static Duration echo(RawWs client) {
		long start = System.nanoTime();
		client.sendText("echo");
		client.expectText("echo");
		return Duration.ofNanos(System.nanoTime() - start);
	}

	static class FloodingConsumer extends WebSocketConsumer<String> {

		static final int SIZE = 16 * 1024;

		/** Much more than two sockets and a queue hold. */
		static final int MESSAGES = 1_000;

		@Override
		protected void onReceive(WebSocket ws, String text) {
			if (text.equals("flood")) {
				for (int i = 0; i < MESSAGES; i++) {
					ws.sendBytes(new byte[SIZE]);
					sent.incrementAndGet();
				}
			}
			else {
				ws.sendText(text);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RouterConfiguration {

		@Bean
		WSRouter consumers() {
			return new WSRouter(WebSocketConsumer.asRoute("/consumer", FloodingConsumer::new));
		}

	}

}
