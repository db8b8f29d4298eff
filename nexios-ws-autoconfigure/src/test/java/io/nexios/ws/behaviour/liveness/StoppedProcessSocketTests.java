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
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.testsupport.AnsweringClient;
import io.nexios.ws.testsupport.ForkedServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server process that is stopped for longer than any limit, as if the machine were busy
 * with other processes.
 *
 * @author Nexios Team
 */
// Windows has no SIGSTOP, with which this test stops the process
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class StoppedProcessSocketTests {

	private static final Duration STOP = Duration.ofSeconds(4);

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void stoppedProcessCostsNobodyTheConnection(boolean virtual) {
		try (ForkedServer server = ForkedServer.start(Ticker.class, "spring.threads.virtual.enabled=" + virtual,
				"nexios.ws.outbound.max-age=2s", "nexios.ws.heartbeat.interval=300ms",
				"nexios.ws.heartbeat.timeout=2s")) {
			List<AnsweringClient> clients = IntStream.range(0, 20)
				.mapToObj((i) -> new AnsweringClient(server.handshake("/ticker").connect()))
				.toList();
			awaitMore(clients);
			server.suspend();
			Awaitility.await().pollDelay(STOP).atMost(STOP.plusSeconds(5)).until(() -> true);
			server.resume();
			for (int i = 0; i < 4; i++) {
				awaitMore(clients);
			}
			assertThat(clients).allSatisfy((client) -> assertThat(client.received()).doesNotContain("close", "end"));
			clients.forEach(AnsweringClient::close);
		}
	}

	private static void awaitMore(List<AnsweringClient> clients) {
		List<Integer> before = clients.stream().map((client) -> client.received().size()).toList();
		Awaitility.await()
			.atMost(Duration.ofSeconds(40))
			.until(() -> IntStream.range(0, clients.size())
				.allMatch((i) -> clients.get(i).received().size() > before.get(i) + 5));
	}

	@Configuration(proxyBeanMethods = false)
	static class Ticker {

		@Bean(destroyMethod = "shutdownNow")
		ScheduledExecutorService ticks(ChannelBox channels) {
			String text = "x".repeat(4_000);
			ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
			executor.scheduleWithFixedDelay(() -> channels.groupSend("all", text), 50, 50, TimeUnit.MILLISECONDS);
			return executor;
		}

		@Bean
		WSRouter router(ChannelBox channels) {
			return new WSRouter().addWsRoute("/ticker", (ws) -> {
				ws.accept();
				channels.addChannelToGroup(Channel.of(ws), "all");
				ws.awaitDisconnect();
			});
		}

	}

}
