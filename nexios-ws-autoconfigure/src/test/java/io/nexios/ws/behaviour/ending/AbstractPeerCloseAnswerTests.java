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

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Peers that close directly after their messages, with one kind of container threads.
 *
 * @author Nexios Team
 */
abstract class AbstractPeerCloseAnswerTests {

	private final SocketServer server;

	AbstractPeerCloseAnswerTests(SocketServer server) {
		this.server = server;
	}

	static SocketServer newServer() {
		return new SocketServer(Echoing.class).with("nexios.ws.close.timeout=1s");
	}

	@RepeatedTest(20)
	void answerGoesOutBeforeTheCloseIsAnswered() {
		serveReplies();
		try (RawWs client = this.server.connect()) {
			client.sendText("first");
			client.expectText("re: first");
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.close(1001, "bye"));
			client.expectText("re: a");
			client.expectText("re: b");
			client.expectClose(1001);
			client.expectEnd();
		}
	}

	/**
	 * Both sides close at the same time. The container closes the socket when it has read
	 * the peer's close frame, and must not do so before this side's is written.
	 */
	@RepeatedTest(300)
	void handlerThatReturnsBesideTheCloseOfThePeerSendsACloseFrame() {
		this.server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
		});
		try (RawWs client = this.server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.close(1001, "bye"));
			client.expectCloseWithAnyOf(1000, 1001);
			client.expectEnd();
		}
	}

	@RepeatedTest(20)
	void answerGoesOutThoughFramesFollowTheClose() {
		serveReplies();
		try (RawWs client = this.server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.close(1000, ""), RawFrame.pong("late"),
					RawFrame.ping("late"), RawFrame.text("late"));
			client.expectText("re: a");
			client.expectText("re: b");
			client.expectClose(1000);
		}
	}

	@RepeatedTest(20)
	void answerOfAConsumerGoesOutBeforeTheCloseIsAnswered() {
		try (RawWs client = this.server.connect("/echoing")) {
			client.send(RawFrame.text("a"), RawFrame.text("b"), RawFrame.close(1000, ""));
			client.expectText("re: a");
			client.expectText("re: b");
			client.expectClose(1000);
			client.expectEnd();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1011, 4000 })
	void answerWaitsWhileAMessageIsHandled(int code) {
		Signal go = new Signal();
		Outcome<?> outcome = this.server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
			go.fire();
			await().until(() -> !ws.isConnected());
			ws.sendText("x".repeat(100_000));
			ws.sendText("done");
			ws.awaitDisconnect();
		});
		try (RawWs client = this.server.connect()) {
			client.sendText("a");
			go.await();
			client.sendClose(code, "");
			client.expectText("x".repeat(100_000));
			client.expectText("done");
			client.expectClose(code);
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(code);
		}
	}

	@Test
	void answerWaitsForAHandlerNoLongerThanTheTimeout() {
		Signal handling = new Signal();
		Signal answered = new Signal();
		Outcome<?> outcome = this.server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
			handling.fire();
			answered.await();
			assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(() -> ws.sendText("too late"));
		});
		try (RawWs client = this.server.connect()) {
			client.sendText("a");
			handling.await();
			client.sendClose(1000, "");
			client.expectClose(1000);
			client.expectEnd();
			answered.fire();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void messagesThatNobodyReceivesDelayNothing() {
		Signal answered = new Signal();
		Outcome<WSMessage> outcome = this.server.evaluate((ws) -> {
			ws.accept();
			answered.await();
			return ws.receive();
		});
		try (RawWs client = this.server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.close(1000, ""));
			client.expectClose(1000);
			answered.fire();
			assertThat(outcome.get()).isEqualTo(new WSMessage.Text("a"));
		}
	}

	@Test
	void othersAreToldAtOnceThatTheConnectionHasEnded() {
		Signal handling = new Signal();
		Signal go = new Signal();
		Outcome<?> outcome = this.server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
			handling.fire();
			go.await();
		});
		try (RawWs client = this.server.connect()) {
			client.send(RawFrame.text("a"));
			handling.await();
			client.send(RawFrame.close(1000, ""));
			WebSocket ws = outcome.webSocket();
			await().until(() -> !ws.isConnected());
			assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(() -> ws.sendText("not the handler"));
			go.fire();
			client.expectClose(1000);
		}
	}

	private void serveReplies() {
		this.server.serve((ws) -> {
			ws.accept();
			for (String text : ws.texts()) {
				ws.sendText("re: " + text);
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Echoing {

		@Bean
		WebSocketRoute echoing() {
			return WebSocketConsumer.asRoute("/echoing", EchoConsumer::new);
		}

	}

	static class EchoConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String text) {
			ws.sendText("re: " + text);
		}

	}

}
