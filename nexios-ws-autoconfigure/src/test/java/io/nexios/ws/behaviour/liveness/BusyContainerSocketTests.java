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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSRouter;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.testsupport.AnsweringClient;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Controllers that hold all threads of the container for longer than any limit, so that
 * nothing is read. This must not count against WebSocket clients.
 *
 * @author Nexios Team
 */
@Timeout(120)
class BusyContainerSocketTests {

	private static final Duration LONG = Duration.ofSeconds(3);

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class).with("nexios.ws.outbound.max-age=1s",
			"nexios.ws.heartbeat.interval=200ms", "nexios.ws.heartbeat.timeout=1s", "server.tomcat.threads.max=4",
			"server.tomcat.threads.min-spare=4", "server.jetty.threads.max=12", "server.jetty.threads.min=4");

	private final List<AnsweringClient> clients = new ArrayList<>();

	@AfterEach
	void leave() {
		this.clients.forEach(AnsweringClient::close);
		Awaitility.await().until(() -> server.bean(ChannelBox.class).showGroups().isEmpty());
	}

	@Test
	void busyContainerCostsNobodyTheConnection() {
		ChannelBox channels = server.bean(ChannelBox.class);
		for (int i = 0; i < 20; i++) {
			this.clients.add(new AnsweringClient(server.connect("/quiet")));
		}
		Awaitility.await().until(() -> channels.channels("all").size() == 20);
		Blocking blocking = server.bean(Blocking.class);
		block(blocking);
		Awaitility.await().pollDelay(LONG).atMost(LONG.multipliedBy(2)).until(() -> true);
		blocking.release.countDown();
		channels.groupSend("all", "afterwards");
		assertAllReceive("afterwards");
	}

	private static void block(Blocking blocking) {
		HttpClient http = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/block"))
			.build();
		for (int i = 0; i < 40; i++) {
			http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
		}
		Awaitility.await().until(() -> blocking.entered.get() >= 4);
	}

	private void assertAllReceive(String text) {
		String json = "\"" + text + "\"";
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.clients)
				.allSatisfy((client) -> assertThat(client.received()).endsWith(json)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Blocking blocking() {
			return new Blocking();
		}

		@Bean
		WSRouter quiet(ChannelBox channels) {
			return new WSRouter().addWsRoute("/quiet", (ws) -> {
				ws.accept();
				channels.addChannelToGroup(Channel.of(ws), "all");
				ws.awaitDisconnect();
			});
		}

	}

	@RestController
	static class Blocking {

		private final AtomicInteger entered = new AtomicInteger();

		private final CountDownLatch release = new CountDownLatch(1);

		@GetMapping("/block")
		void block() throws InterruptedException {
			this.entered.incrementAndGet();
			this.release.await();
		}

	}

}
