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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More consumers with peers that do not read than consumers that may wait.
 *
 * @author Nexios Team
 */
@EnabledForJreRange(max = JRE.JAVA_20)
class ConsumerWaitLimitSocketTests {

	private static final int WAITING = 8;

	private static final int PEERS = 100;

	private static final int SMALL_BUFFER = 4 * 1024;

	@RegisterExtension
	static final SocketServer server = new SocketServer(CountingConfiguration.class)
		.with("nexios.ws.handler.max-threads=" + WAITING, "nexios.ws.outbound.max-age=30s");

	@Test
	void overflowPolicyIsAppliedAtOnceToConsumersBeyondTheLimit() {
		List<RawWs> stalled = new ArrayList<>();
		CountingConfiguration counts = server.bean(CountingConfiguration.class);
		try {
			for (int i = 0; i < PEERS; i++) {
				RawWs peer = server.handshake("/consumer").receiveBuffer(SMALL_BUFFER).connect();
				peer.sendText("flood");
				stalled.add(peer);
			}
			await().atMost(RawWs.TIMEOUT).until(() -> counts.tooSlow.get() >= PEERS - WAITING);
			assertThat(counts.refusedWaits).hasValueGreaterThanOrEqualTo(PEERS - WAITING);
			try (RawWs client = server.connect("/consumer")) {
				client.sendText("still here");
				client.expectText("still here");
			}
		}
		finally {
			stalled.forEach(RawWs::abort);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class CountingConfiguration {

		private final AtomicInteger tooSlow = new AtomicInteger();

		private final AtomicInteger refusedWaits = new AtomicInteger();

		@Bean
		WSRouter consumers() {
			return new WSRouter(
					WebSocketConsumer.asRoute("/consumer", ConsumerPressureSocketTests.FloodingConsumer::new));
		}

		@Bean
		ServerObserver countingObserver() {
			AtomicInteger refusedWaits = this.refusedWaits;
			ConnectionObserver connections = new ConnectionObserver() {

				@Override
				public void waitRefused() {
					refusedWaits.incrementAndGet();
				}

			};
			return new ServerObserver() {

				@Override
				public ConnectionObserver connection(String route) {
					return connections;
				}

			};
		}

		@EventListener
		void disconnected(WebSocketDisconnectedEvent event) {
			if (event.code() == 1013) {
				this.tooSlow.incrementAndGet();
			}
		}

	}

}
