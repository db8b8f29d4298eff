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

import java.io.IOException;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The effect of the end of a handler on its connection and on the log.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerEndSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@Test
	void returningCloses1000AfterEverythingSent(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.sendText("a");
			ws.sendText("b");
		});
		try (RawWs client = server.connect()) {
			client.expectText("a");
			client.expectText("b");
			assertThat(client.expectClose(1000)).isEmpty();
			client.sendClose(1000, "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(1000);
			assertThat(output).doesNotContain(outcome.webSocket().id());
		}
	}

	@Test
	void throwingCloses1011AndIsLoggedOnce(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.sendText(ws.receiveText());
			throw new UnsupportedOperationException("secret-message");
		});
		try (RawWs client = server.connect("/t?token=secret-token")) {
			client.sendText("secret-payload");
			client.expectText("secret-payload");
			assertThat(client.expectClose(1011)).doesNotContain("secret").doesNotContain("Unsupported");
			client.sendClose(1011, "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(1011);
			String id = outcome.webSocket().id();
			await().until(() -> output.getAll().contains("secret-message"));
			assertThat(output.getAll().lines().filter((line) -> line.contains(id))).singleElement()
				.asString()
				.contains(SocketServer.ROUTE)
				.contains("ERROR");
			assertThat(output.getAll().lines().filter((line) -> line.contains("secret-message"))).hasSize(1);
			assertThat(output).doesNotContain("secret-token").doesNotContain("secret-payload");
		}
	}

	@Test
	void checkedExceptionCloses1011() {
		server.serve((ws) -> {
			ws.accept();
			throw new IOException("secret-message");
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(1011)).doesNotContain("secret");
		}
	}

	@Test
	void errorCloses1011() {
		server.serve((ws) -> {
			ws.accept();
			throw new LinkageError("secret-message");
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(1011)).doesNotContain("secret");
		}
	}

	@Test
	void responseStatusExceptionCloses1011OnceAccepted() {
		server.serve((ws) -> {
			ws.accept();
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "secret-message");
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(1011)).doesNotContain("secret");
		}
	}

	@Test
	void webSocketExceptionClosesWithItsCodeAndReason() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.sendText("first");
			throw new WebSocketException(4321, "wrong move", new IllegalStateException("secret-cause"));
		});
		try (RawWs client = server.connect()) {
			client.expectText("first");
			assertThat(client.expectClose(4321)).isEqualTo("wrong move");
			client.sendClose(4321, "");
			assertThat(outcome.closed().getCode()).isEqualTo(4321);
		}
	}

	@Test
	void escapingConversionFailureLeaksNoPayloadToLogOrPeer(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.receiveJson(Integer.class);
		});
		try (RawWs client = server.connect("/t?token=secret-token")) {
			client.sendText("\"secret-payload\"");
			assertThat(client.expectClose(1007)).doesNotContain("secret");
			client.sendClose(1007, "");
			client.expectEnd();
			assertThat(outcome.closed().getCode()).isEqualTo(1007);
			assertThat(output).doesNotContain("secret");
		}
	}

	@Test
	void throwingAfterPeerHasLeftIsStillLogged(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
			throw new UnsupportedOperationException("cleaning up failed");
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "");
			client.expectClose(4000);
			await().until(() -> output.getAll().contains("cleaning up failed"));
			assertThat(output).contains(outcome.webSocket().id());
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
		}
	}

	@Test
	void finallyCloseIsRightWhenHandlerReturns() {
		serveWithFinallyClose(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

	@Test
	void finallyCloseIsRightWhenUndecided() {
		serveWithFinallyClose((ws) -> {
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(403);
		}
	}

	@Test
	void finallyCloseIsRightWhenRejected() {
		serveWithFinallyClose((ws) -> ws.reject(HttpStatus.CONFLICT));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
		}
	}

	@Test
	void finallyCloseIsRightWhenClosedBefore() {
		serveWithFinallyClose((ws) -> {
			ws.accept();
			ws.close(4000, "done");
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(4000)).isEqualTo("done");
			client.sendClose(4000, "");
			client.expectEnd();
		}
	}

	@Test
	void finallyCloseIsRightWhenPeerHasClosed() {
		Outcome<?> outcome = serveWithFinallyClose((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "");
			client.expectClose(4000);
			client.expectEnd();
			assertThat(outcome.get()).isNull();
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
		}
	}

	@Test
	void finallyCloseIsRightWhenPeerHasClosedAndMessagesAreLeft() {
		Outcome<?> outcome = serveWithFinallyClose((ws) -> {
			ws.accept();
			await().until(() -> !ws.isConnected());
		});
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("unread"), RawFrame.close(4000, ""));
			client.expectClose(4000);
			client.expectEnd();
			assertThat(outcome.get()).isNull();
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
		}
	}

	@Test
	void finallyCloseIsRightWhenPeerHasVanished() {
		Outcome<?> outcome = serveWithFinallyClose((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.abort();
			assertThat(outcome.get()).isNull();
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

	private Outcome<?> serveWithFinallyClose(WSHandler handler) {
		return server.serve((ws) -> {
			try {
				handler.handle(ws);
			}
			finally {
				ws.close();
				ws.close();
			}
		});
	}

}
