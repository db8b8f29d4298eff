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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
	void consumerThatCannotJoinAfterwardsIsClosedWith1013() {
		try (RawWs client = server.connect("/late")) {
			client.sendText("go");
			client.expectClose(1013);
		}
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
		TestServer stopping = TestServer.start(Application.class);
		try (stopping; RawWs member = stopping.connect("/join")) {
			member.expectText("joined");
			SwitchedBroker broker = stopping.bean(SwitchedBroker.class);
			broker.timeout = Duration.ofMinutes(10);
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
	static class Application {

		@Bean
		SwitchedBroker broker() {
			return new SwitchedBroker();
		}

		@Bean
		WebSocketRoute early() {
			return WebSocketConsumer.asRoute("/early", EarlyConsumer::new);
		}

		@Bean
		WebSocketRoute late() {
			return WebSocketConsumer.asRoute("/late", LateConsumer::new);
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

	static class LateConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String message) {
			joinGroup("g");
		}

	}

	/**
	 * Works, fails, or does not answer.
	 */
	static final class SwitchedBroker extends DelegatingBroker {

		private volatile Mode mode = Mode.WORKS;

		private volatile Duration timeout = Duration.ofMillis(200);

		private volatile boolean asked;

		SwitchedBroker() {
			super(LocalServer.broker(10));
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
