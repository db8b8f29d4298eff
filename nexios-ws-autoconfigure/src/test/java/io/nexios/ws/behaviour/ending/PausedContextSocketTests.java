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

package io.nexios.ws.behaviour.ending;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contexts that are paused, such as cached contexts of tests, and then resumed.
 *
 * @author Nexios Team
 */
class PausedContextSocketTests {

	@Test
	void pausedContextServesOnAndKeepsItsConnections() {
		try (TestServer server = TestServer.start(Application.class); RawWs client = server.connect("/echo")) {
			server.context().pause();
			expectEcho(client);
			expectNewConnections(server);
			server.context().restart();
			expectEcho(client);
			expectNewConnections(server);
		}
	}

	@Test
	void restartWithoutAPauseCutsNobodyOff() {
		try (TestServer server = TestServer.start(Application.class); RawWs client = server.connect("/echo")) {
			server.context().restart();
			expectEcho(client);
			expectNewConnections(server);
		}
	}

	@Test
	void pausedContextStillDrainsWhenItIsClosed() {
		TestServer server = TestServer.start(Application.class);
		try (server; RawWs client = server.connect("/echo")) {
			server.context().pause();
			expectStop(server, client, ConfigurableApplicationContext::close);
		}
	}

	@ParameterizedTest
	@MethodSource
	void stoppedContextServesAgainOnceItIsStarted(Consumer<ConfigurableApplicationContext> start) {
		try (TestServer server = TestServer.start(Application.class)) {
			try (RawWs client = server.connect("/echo")) {
				expectStop(server, client, ConfigurableApplicationContext::stop);
			}
			start.accept(server.context());
			expectNewConnections(server);
		}
	}

	static Stream<Consumer<ConfigurableApplicationContext>> stoppedContextServesAgainOnceItIsStarted() {
		return Stream.of(ConfigurableApplicationContext::start, ConfigurableApplicationContext::restart);
	}

	private static void expectStop(TestServer server, RawWs client, Consumer<ConfigurableApplicationContext> stop) {
		CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stop.accept(server.context()));
		client.expectClose(1001);
		client.sendClose(1001, "");
		assertThat(stopping).succeedsWithin(Duration.ofSeconds(10));
	}

	private static void expectNewConnections(TestServer server) {
		try (RawWs client = server.connect("/echo")) {
			expectEcho(client);
			client.leave();
		}
	}

	private static void expectEcho(RawWs client) {
		client.sendText("still there");
		client.expectText("still there");
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WSRouter echo() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
		}

	}

}
