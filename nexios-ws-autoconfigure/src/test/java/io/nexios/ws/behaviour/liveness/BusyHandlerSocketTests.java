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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.nexios.ws.WSRouter;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.testsupport.AnsweringClient;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that compute for longer than any limit, one on each processor. From JDK 21 on,
 * no other virtual thread can run then. This includes the threads that write, and also
 * the threads that read if the container has virtual threads. This must not count against
 * other clients.
 *
 * @author Nexios Team
 */
@Timeout(120)
class BusyHandlerSocketTests {

	private static final int CLIENTS = 20;

	private static final Duration COMPUTING = Duration.ofSeconds(4);

	private final List<AnsweringClient> clients = new ArrayList<>();

	private final List<RawWs> busy = new ArrayList<>();

	@AfterEach
	void leave() {
		this.clients.forEach(AnsweringClient::close);
		this.busy.forEach(RawWs::close);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void busyHandlersCostNobodyTheConnection(boolean virtual) {
		try (TestServer server = start(virtual)) {
			connect(server);
			Computing computing = server.bean(Computing.class);
			compute(server, computing);
			server.bean(ChannelBox.class).groupSend("all", "meanwhile");
			assertAllReceive("meanwhile");
			computing.awaitEnd();
			server.bean(ChannelBox.class).groupSend("all", "afterwards");
			assertAllReceive("afterwards");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void busyHandlersCostNobodyTheConnectionThoughNothingIsSent(boolean virtual) {
		try (TestServer server = start(virtual)) {
			connect(server);
			Computing computing = server.bean(Computing.class);
			compute(server, computing);
			computing.awaitEnd();
			server.bean(ChannelBox.class).groupSend("all", "afterwards");
			assertAllReceive("afterwards");
		}
	}

	private static TestServer start(boolean virtual) {
		return TestServer.start(Routes.class, "spring.threads.virtual.enabled=" + virtual,
				"nexios.ws.outbound.max-age=1s", "nexios.ws.heartbeat.interval=200ms",
				"nexios.ws.heartbeat.timeout=1s");
	}

	private void connect(TestServer server) {
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(new AnsweringClient(server.connect("/quiet")));
		}
		Awaitility.await().until(() -> server.bean(ChannelBox.class).channels("all").size() == CLIENTS);
	}

	private void compute(TestServer server, Computing computing) {
		for (int i = 0; i < Computing.HANDLERS; i++) {
			this.busy.add(server.connect("/busy"));
		}
		computing.start();
		this.busy.forEach(RawWs::leave);
	}

	private void assertAllReceive(String text) {
		String json = "\"" + text + "\"";
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.clients)
				.allSatisfy((client) -> assertThat(client.received()).endsWith(json)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		Computing computing() {
			return new Computing();
		}

		@Bean
		WSRouter router(ChannelBox channels, Computing computing) {
			return new WSRouter().addWsRoute("/quiet", (ws) -> {
				ws.accept();
				channels.addChannelToGroup(Channel.of(ws), "all");
				ws.awaitDisconnect();
			}).addWsRoute("/busy", (ws) -> {
				ws.accept();
				computing.run();
			});
		}

	}

	/**
	 * Keeps the processors busy.
	 */
	static final class Computing {

		static final int HANDLERS = Runtime.getRuntime().availableProcessors();

		private final CountDownLatch ready = new CountDownLatch(HANDLERS);

		private final CountDownLatch go = new CountDownLatch(1);

		private final CountDownLatch ended = new CountDownLatch(HANDLERS);

		void run() throws InterruptedException {
			this.ready.countDown();
			this.go.await();
			long start = System.nanoTime();
			while (System.nanoTime() - start < COMPUTING.toNanos()) {
				Thread.onSpinWait();
			}
			this.ended.countDown();
		}

		void start() {
			await(this.ready);
			this.go.countDown();
		}

		void awaitEnd() {
			await(this.ended);
		}

		private static void await(CountDownLatch latch) {
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> latch.getCount() == 0);
		}

	}

}
