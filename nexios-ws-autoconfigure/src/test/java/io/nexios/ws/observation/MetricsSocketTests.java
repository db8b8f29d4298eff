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

package io.nexios.ws.observation;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Meters of real connections. All tests of the class share the meters, so each test
 * checks the difference that it makes.
 *
 * @author Nexios Team
 */
class MetricsSocketTests {

	private static final int SMALL_BUFFER = 4 * 1024;

	@RegisterExtension
	static final SocketServer server = new SocketServer(RegistryConfiguration.class)
		.with("nexios.ws.inbound.max-messages=4", "nexios.ws.heartbeat.interval=200ms");

	@BeforeEach
	void otherTestsAreCounted() {
		awaitValue(MetricsSocketTests::connections, 0);
	}

	@Test
	void openConnectionsAreShownUntilTheyEnd() {
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			awaitValue(MetricsSocketTests::connections, 1);
			client.leave();
			awaitValue(MetricsSocketTests::connections, 0);
		}
	}

	@Test
	void handshakesAreCountedByTheirStatus() {
		double accepted = count("nexios.ws.handshakes", "status", "101");
		double rejected = count("nexios.ws.handshakes", "status", "410");
		server.serve((ws) -> ws.reject(HttpStatus.GONE));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(410);
		}
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			client.leave();
		}
		awaitCount(accepted + 1, "nexios.ws.handshakes", "status", "101");
		awaitCount(rejected + 1, "nexios.ws.handshakes", "status", "410");
	}

	@Test
	void rejectedHandshakeIsNoConnection() {
		server.serve((ws) -> ws.reject(HttpStatus.FORBIDDEN));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			awaitValue(MetricsSocketTests::connections, 1);
			client.leave();
		}
	}

	@Test
	void messagesAreCountedWithTheirBytes() {
		double received = count("nexios.ws.messages.received");
		double receivedBytes = count("nexios.ws.messages.received.bytes");
		double sent = count("nexios.ws.messages.sent");
		double sentBytes = count("nexios.ws.messages.sent.bytes");
		server.serve((ws) -> {
			ws.accept();
			ws.sendText("to " + ws.receiveText());
		});
		try (RawWs client = server.connect()) {
			client.sendText("you");
			client.expectText("to you");
		}
		awaitCount(received + 1, "nexios.ws.messages.received");
		awaitCount(receivedBytes + 3, "nexios.ws.messages.received.bytes");
		awaitCount(sent + 1, "nexios.ws.messages.sent");
		awaitCount(sentBytes + 6, "nexios.ws.messages.sent.bytes");
	}

	@Test
	void pingsAreNoMessages() {
		double sent = count("nexios.ws.messages.sent");
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.of(RawFrame.PONG, client.expectPing().payload()));
			client.expectPing();
			client.sendClose(1000, "");
		}
		assertThat(count("nexios.ws.messages.sent")).isEqualTo(sent);
	}

	@Test
	void handlingOfEachMessageIsTimed() {
		long handled = timer("nexios.ws.message.handling").count();
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("one"), RawFrame.text("two"));
			await().untilAsserted(() -> assertThat(timer("nexios.ws.message.handling").count()).isEqualTo(handled + 2));
			client.leave();
		}
	}

	@Test
	void closesAreCountedByTheirCode() {
		double normal = count("nexios.ws.closes", "code", "1000");
		double application = count("nexios.ws.closes", "code", "4xxx");
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			outcome.open();
			client.sendClose(4321, "");
		}
		awaitCount(application + 1, "nexios.ws.closes", "code", "4xxx");
		assertThat(count("nexios.ws.closes", "code", "1000")).isEqualTo(normal);
	}

	@Test
	void pauseOfReadingIsTimed() {
		long paused = timer("nexios.ws.inbound.paused").count();
		Signal goOn = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			goOn.await();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			for (int i = 0; i < 10; i++) {
				client.sendText("waiting");
			}
			String id = outcome.open().id();
			await().until(() -> server.bean(ConnectionRegistry.class).info(id).inbound().paused());
			goOn.fire();
			await().untilAsserted(() -> assertThat(timer("nexios.ws.inbound.paused").count()).isGreaterThan(paused));
			client.leave();
		}
	}

	@Test
	void roundTripIsTimed() {
		long answered = timer("nexios.ws.round.trip").count();
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			client.send(RawFrame.of(RawFrame.PONG, client.expectPing().payload()));
			await().untilAsserted(() -> assertThat(timer("nexios.ws.round.trip").count()).isEqualTo(answered + 1));
			client.leave();
		}
	}

	@Test
	void waitingBytesAreShownAndDroppedMessagesAreCounted() {
		double dropped = count("nexios.ws.messages.dropped");
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.overflow(OverflowPolicy.DROP_NEWEST));
			ws.awaitDisconnect();
		});
		try (RawWs stalled = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			WebSocket ws = outcome.open();
			await().until(() -> {
				ws.sendBytes(new byte[256 * 1024]);
				return count("nexios.ws.messages.dropped") > dropped;
			});
			assertThat(registry().get("nexios.ws.outbound.bytes").gauge().value()).isGreaterThan(256 * 1024);
			assertThat(registry().get("nexios.ws.outbound.max.bytes").gauge().value())
				.isEqualTo((double) (Runtime.getRuntime().maxMemory() / 4));
			stalled.abort();
		}
		awaitValue((registry) -> registry.get("nexios.ws.outbound.bytes").gauge().value(), 0);
	}

	@Test
	void groupsAndTheirMessagesAreCounted() {
		double sends = registry().get("nexios.ws.group.sends").counter().count();
		double deliveries = registry().get("nexios.ws.group.deliveries").counter().count();
		ChannelBox channels = server.bean(ChannelBox.class);
		server.serve((ws) -> {
			ws.accept();
			channels.addChannelToGroup(Channel.of(ws), "group");
			ws.sendText("joined");
			ws.awaitDisconnect();
		});
		try (RawWs first = server.connect(); RawWs second = server.connect()) {
			first.expectText("joined");
			second.expectText("joined");
			channels.groupSend("group", "hello");
			awaitValue((registry) -> registry.get("nexios.ws.groups").gauge().value(), 1);
			awaitValue((registry) -> registry.get("nexios.ws.group.sends").counter().count(), sends + 1);
			awaitValue((registry) -> registry.get("nexios.ws.group.deliveries").counter().count(), deliveries + 2);
		}
		awaitValue((registry) -> registry.get("nexios.ws.groups").gauge().value(), 0);
	}

	@Test
	void undecidedHandshakesAreShown() {
		Signal decide = new Signal();
		server.serve((ws) -> {
			decide.await();
			ws.accept();
		});
		try (RawWs client = server.handshake().send()) {
			awaitValue((registry) -> registry.get("nexios.ws.handshakes.pending").gauge().value(), 1);
			decide.fire();
			client.expectClose(1000);
		}
		awaitValue((registry) -> registry.get("nexios.ws.handshakes.pending").gauge().value(), 0);
	}

	@Test
	void nothingIsMeasuredIfMetricsAndObservationAreOff() {
		try (TestServer quiet = TestServer.start(EchoConfiguration.class, "nexios.ws.metrics.enabled=false",
				"nexios.ws.observation.enabled=false"); RawWs client = quiet.connect("/echo")) {
			client.sendText("hello");
			client.expectText("hello");
			client.leave();
			assertThat(
					Search.in(quiet.bean(MeterRegistry.class)).name((name) -> name.startsWith("nexios.ws.")).meters())
				.isEmpty();
		}
	}

	private static Outcome<?> serveUntilPeerLeaves() {
		return server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
	}

	private static MeterRegistry registry() {
		return server.bean(MeterRegistry.class);
	}

	private static double connections(MeterRegistry registry) {
		Gauge gauge = registry.find("nexios.ws.connections").tag("route", SocketServer.ROUTE).gauge();
		return (gauge != null) ? gauge.value() : 0;
	}

	private static double count(String name, String... tags) {
		Counter counter = registry().find(name).tag("route", SocketServer.ROUTE).tags(tags).counter();
		return (counter != null) ? counter.count() : 0;
	}

	private static Timer timer(String name) {
		return registry().timer(name, "route", SocketServer.ROUTE);
	}

	private static void awaitCount(double expected, String name, String... tags) {
		await().untilAsserted(() -> assertThat(count(name, tags)).as(name).isEqualTo(expected));
	}

	private static void awaitValue(ToDoubleFunction<MeterRegistry> value, double expected) {
		await().untilAsserted(() -> assertThat(value.applyAsDouble(registry())).isEqualTo(expected));
	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryConfiguration {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoConfiguration {

		@Bean
		WSRouter echo() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
		}

	}

}
