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

package io.nexios.ws.behaviour.handshake;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handshakes that are decided too late.
 *
 * @author Nexios Team
 */
class AcceptTimeoutSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.accept-timeout=2s");

	@Test
	void handshakeThatIsNotDecidedIs503AndTheEnd() {
		Signal answered = new Signal();
		Outcome<?> outcome = server.serve((ws) -> answered.await());
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			assertThat(outcome.webSocket().isConnected()).isFalse();
			answered.fire();
		}
	}

	@Test
	void acceptThatComesTooLateThrows() {
		Signal answered = new Signal();
		server.serve((ws) -> {
			answered.await();
			assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(ws::accept)
				.satisfies((disconnect) -> assertThat(disconnect.code()).isEqualTo(1006));
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			answered.fire();
		}
	}

	@Test
	void closeThatComesTooLateDoesNothing() {
		Signal answered = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			answered.await();
			ws.close();
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			answered.fire();
			assertThat(outcome.get()).isNull();
		}
	}

	@Test
	void timeoutEndsWithTheDecision() {
		Outcome<WSMessage> message = server.evaluate((ws) -> {
			ws.accept();
			return ws.receive();
		});
		Signal answered = new Signal();
		try (RawWs client = server.connect()) {
			server.serve((ws) -> answered.await());
			try (RawWs undecided = server.handshake().send()) {
				assertThat(undecided.status()).isEqualTo(503);
				answered.fire();
			}
			assertThat(message.open().isConnected()).isTrue();
			client.sendText("later");
			assertThat(message.get()).isEqualTo(new WSMessage.Text("later"));
		}
	}

	@Test
	void clientThatVanishesWhileUndecidedEndsTheConnectionWith1006() {
		Signal vanished = new Signal();
		Outcome<Integer> code = server.evaluate((ws) -> {
			vanished.await();
			try {
				ws.accept();
				return (ws.receive() instanceof WSMessage.Disconnect disconnect) ? disconnect.code() : 0;
			}
			catch (WebSocketDisconnect ex) {
				return ex.code();
			}
		});
		try (RawWs client = server.handshake().send()) {
			code.webSocket();
			client.abort();
			vanished.fire();
			assertThat(code.get()).isEqualTo(1006);
			assertThat(code.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void rejectThatComesTooLateChangesNothing() {
		Signal answered = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			answered.await();
			try {
				ws.reject(HttpStatus.GONE);
			}
			catch (WebSocketDisconnect ex) {
				assertThat(ex.code()).isEqualTo(1006);
			}
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			answered.fire();
			outcome.awaitEnd();
		}
	}

}
