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

package io.nexios.ws.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.group.DelegatingBroker;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections whose code needs a broker that cannot be reached.
 *
 * @author Nexios Team
 */
@Timeout(90)
@ExtendWith(OutputCaptureExtension.class)
class GroupsUnavailableSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	private ChannelBox box;

	@BeforeEach
	void findBox() {
		this.box = server.bean(ChannelBox.class);
		server.bean(SwitchedBroker.class).mode = Mode.FAILS;
	}

	@Test
	void handlerThatCannotJoinBeforeAcceptanceIs503() {
		server.serve((ws) -> {
			this.box.addChannelToGroup(Channel.of(ws), "g");
			ws.accept();
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			assertThat(client.body()).doesNotContain("secret-host");
		}
	}

	@Test
	void handlerThatCannotJoinAfterwardsIsClosedWith1013() {
		server.serve((ws) -> {
			ws.accept();
			this.box.addChannelToGroup(Channel.of(ws), "g");
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(1013)).doesNotContain("secret-host");
		}
	}

	@Test
	void handlerThatCannotSendIsClosedWith1013() {
		server.bean(SwitchedBroker.class).mode = Mode.SILENT;
		server.serve((ws) -> {
			ws.accept();
			ws.receive();
			this.box.groupSend("g", "x");
		});
		try (RawWs client = server.connect()) {
			client.sendText("go");
			client.expectClose(1013);
		}
	}

	@Test
	void consumerThatCannotJoinBeforeAcceptanceIs503() {
		try (RawWs client = server.handshake("/early").send()) {
			assertThat(client.status()).isEqualTo(503);
		}
	}

	@Test
	void handlerThatDoesNotKnowTheOutcomeOfASendIs503BeforeAcceptance() {
		server.serve((ws) -> {
			throw new SendOutcomeUnknownException("no answer", null);
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
		}
	}

	@Test
	void handlerThatDoesNotKnowTheOutcomeOfASendIsClosedWith1013() {
		server.serve((ws) -> {
			ws.accept();
			throw new SendOutcomeUnknownException("no answer", null);
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1013);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/text", "/json", "/bytes", "/annotated", "/proxied" })
	void consumerThatCannotJoinStaysOpen(String route) {
		MeterRegistry registry = server.bean(MeterRegistry.class);
		try (RawWs client = server.connect(route)) {
			send(client, route, "1");
			send(client, route, "2");
			Awaitility.await().until(() -> failed(registry, route) == 2);
			server.bean(SwitchedBroker.class).mode = Mode.WORKS;
			send(client, route, "3");
			client.expectText("joined");
			assertThat(failed(registry, route)).isEqualTo(2);
		}
	}

	private static void send(RawWs client, String route, String message) {
		if (route.equals("/bytes")) {
			client.sendBinary(message.getBytes(StandardCharsets.UTF_8));
		}
		else {
			client.sendText(message);
		}
	}

	private static double failed(MeterRegistry registry, String route) {
		return registry.get("nexios.ws.messages.failed").tag("route", route).counter().count();
	}

	@Test
	void consumerThatDoesNotKnowTheOutcomeOfASendStaysOpen() {
		server.bean(SwitchedBroker.class).mode = Mode.SILENT;
		try (RawWs client = server.connect("/sending")) {
			client.sendText("1");
			client.expectText("unknown");
			server.bean(SwitchedBroker.class).mode = Mode.WORKS;
			client.sendText("2");
			client.expectText("sent");
		}
	}

	@Test
	void messagesThatConsumersDropAreOneLineOfTheLog(CapturedOutput output) {
		try (TestServer quiet = TestServer.start(Application.class); RawWs client = quiet.connect("/text")) {
			quiet.bean(SwitchedBroker.class).mode = Mode.FAILS;
			for (int i = 0; i < 20; i++) {
				client.sendText("secret-content");
			}
			MeterRegistry registry = quiet.bean(MeterRegistry.class);
			Awaitility.await().until(() -> failed(registry, "/text") == 20);
			assertThat(output.toString().lines().filter((line) -> line.contains("is dropped by the consumer")))
				.hasSize(1);
			assertThat(output).doesNotContain("secret-content");
		}
	}

	@Test
	void consumerWhoseEndNeedsTheGroupsIsNotAnErrorForEachConnection(CapturedOutput output) {
		try (TestServer quiet = TestServer.start(Application.class)) {
			quiet.bean(SwitchedBroker.class).mode = Mode.FAILS;
			for (int i = 0; i < 3; i++) {
				try (RawWs client = quiet.connect("/sending")) {
					client.sendClose(1000, "");
					client.expectClose(1000);
				}
			}
			Awaitility.await().until(() -> output.toString().contains("failed at the end"));
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("failed at the end"))).hasSize(1);
	}

	@Test
	void handlerMayCatchTheFailureAndGoOn() {
		server.serve((ws) -> {
			ws.accept();
			try {
				this.box.addChannelToGroup(Channel.of(ws), "g");
			}
			catch (GroupsUnavailableException ex) {
				ws.sendText("without the group");
			}
			ws.receive();
		});
		try (RawWs client = server.connect()) {
			client.expectText("without the group");
			client.sendText("bye");
			client.expectClose(1000);
		}
	}

	@Test
	void serverStopsInTimeThoughTheBrokerDoesNotAnswer(CapturedOutput output) {
		TestServer stopping = TestServer.start(PatientApplication.class);
		try (stopping; RawWs member = stopping.connect("/join")) {
			member.expectText("joined");
			SwitchedBroker broker = stopping.bean(SwitchedBroker.class);
			broker.mode = Mode.SILENT;
			try (RawWs joining = stopping.connect("/join")) {
				Awaitility.await().until(() -> broker.asked);
				CompletableFuture<Void> closing = CompletableFuture.runAsync(stopping::close);
				for (RawWs client : new RawWs[] { member, joining }) {
					client.expectClose(1001);
					client.sendClose(1001, "");
				}
				assertThat(closing).succeedsWithin(RawWs.TIMEOUT);
				assertThat(output).doesNotContain("have not ended within");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(AnnotatedConsumer.class)
	static class Application {

		@Bean
		SwitchedBroker broker() {
			return new SwitchedBroker(Duration.ofMillis(200));
		}

		@Bean
		WebSocketRoute early() {
			return WebSocketConsumer.asRoute("/early", EarlyConsumer::new);
		}

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		WSRouter consumers() {
			return new WSRouter(List.of(WebSocketConsumer.asRoute("/text", TextConsumer::new),
					WebSocketConsumer.asRoute("/json", JsonConsumer::new),
					WebSocketConsumer.asRoute("/bytes", BytesConsumer::new),
					WebSocketConsumer.asRoute("/proxied", Application::proxied),
					WebSocketConsumer.asRoute("/sending", SendingConsumer::new)));
		}

		private static WebSocketConsumer<?> proxied() {
			ProxyFactory factory = new ProxyFactory(new TextConsumer());
			factory.setProxyTargetClass(true);
			factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
			return (WebSocketConsumer<?>) factory.getProxy();
		}

		@Bean
		WSRouter join(ChannelBox box) {
			return new WSRouter().addWsRoute("/join", (ws) -> {
				ws.accept();
				box.addChannelToGroup(Channel.of(ws), "own " + ws.id());
				ws.sendText("joined");
				ws.receive();
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PatientApplication extends Application {

		@Bean
		@Override
		SwitchedBroker broker() {
			return new SwitchedBroker(Duration.ofMinutes(10));
		}

	}

	static class EarlyConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onConnect(WebSocket ws) {
			joinGroup("g");
			ws.accept();
		}

		@Override
		protected void onReceive(WebSocket ws, String message) {
		}

	}

	abstract static class JoiningConsumer<T> extends WebSocketConsumer<T> {

		@Override
		protected void onReceive(WebSocket ws, T message) {
			joinGroup("g");
			ws.sendText("joined");
		}

	}

	static class TextConsumer extends JoiningConsumer<String> {

	}

	static class JsonConsumer extends JoiningConsumer<JsonNode> {

	}

	static class BytesConsumer extends JoiningConsumer<byte[]> {

	}

	@WSRoute("/annotated")
	@Scope("prototype")
	static class AnnotatedConsumer extends JoiningConsumer<String> {

	}

	static class SendingConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String message) {
			try {
				broadcast("g", message);
				ws.sendText("sent");
			}
			catch (SendOutcomeUnknownException ex) {
				ws.sendText("unknown");
				throw ex;
			}
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			broadcast("g", "left");
		}

	}

	/**
	 * Works, fails, or does not answer.
	 */
	static final class SwitchedBroker extends DelegatingBroker {

		private volatile Mode mode = Mode.WORKS;

		private final Duration timeout;

		private volatile boolean asked;

		SwitchedBroker(Duration timeout) {
			super(LocalServer.broker(10));
			this.timeout = timeout;
		}

		@Override
		public Duration timeout() {
			return this.timeout;
		}

		@Override
		public CompletionStage<Position> subscribe(String group) {
			return switched(super.subscribe(group));
		}

		@Override
		public CompletionStage<Acceptance> publish(Publication publication) {
			return switched(super.publish(publication));
		}

		private <T> CompletionStage<T> switched(CompletionStage<T> working) {
			return switch (this.mode) {
				case WORKS -> working;
				case FAILS -> CompletableFuture.failedStage(new IllegalStateException("secret-host is unreachable"));
				case SILENT -> {
					this.asked = true;
					yield new CompletableFuture<>();
				}
			};
		}

	}

	enum Mode {

		WORKS, FAILS, SILENT

	}

}
