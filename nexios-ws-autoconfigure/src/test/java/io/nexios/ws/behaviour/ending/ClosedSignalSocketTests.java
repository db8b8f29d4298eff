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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link WebSocket#closed()} in each way a connection can end.
 *
 * @author Nexios Team
 */
class ClosedSignalSocketTests {

	/** Names of the threads of Tomcat and Jetty, be they virtual or not. */
	private static final String CONTAINER_THREAD = "(?i)http-nio|exec-|tomcat|catalina|jetty|qtp|poller";

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.accept-timeout=3s");

	private final CompletableFuture<Integer> code = new CompletableFuture<>();

	private final CompletableFuture<String> thread = new CompletableFuture<>();

	private final AtomicInteger completions = new AtomicInteger();

	@Test
	void closeOfThePeerCompletesTheSignal() {
		observe(WebSocket::awaitDisconnect);
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "bye");
			expectClosed(4000);
		}
	}

	@Test
	void closeOfThePeerCompletesTheSignalThoughNobodyReceives() {
		Signal closed = new Signal();
		observe((ws) -> closed.await());
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("unread"), RawFrame.close(4000, "bye"));
			expectClosed(4000);
			closed.fire();
		}
	}

	@Test
	void resetByThePeerCompletesTheSignal() {
		Signal closed = new Signal();
		observe((ws) -> closed.await());
		try (RawWs client = server.connect()) {
			client.abort();
			expectClosed(1006);
			closed.fire();
		}
	}

	@Test
	void endOfTheStreamCompletesTheSignal() {
		observe(WebSocket::awaitDisconnect);
		try (RawWs client = server.connect()) {
			client.halfClose();
			expectClosed(1006);
		}
	}

	@Test
	void closeOfTheApplicationCompletesTheSignal() {
		observe((ws) -> {
			ws.close(4001, "");
			ws.close(4002, "");
		});
		try (RawWs client = server.connect()) {
			client.expectClose(4001);
			client.sendClose(4001, "");
			client.expectEnd();
			expectClosed(4001);
		}
	}

	@Test
	void peerThatVanishesInsteadOfAnsweringCompletesTheSignal() {
		observe((ws) -> ws.close(4001, ""));
		try (RawWs client = server.connect()) {
			client.expectClose(4001);
			client.abort();
			expectClosed(4001);
		}
	}

	@Test
	void returnOfTheHandlerCompletesTheSignal() {
		observe((ws) -> {
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			client.sendClose(1000, "");
			expectClosed(1000);
		}
	}

	@Test
	void failureOfTheHandlerCompletesTheSignal() {
		observe((ws) -> {
			throw new UnsupportedOperationException("expected by the test");
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1011);
			client.sendClose(1011, "");
			expectClosed(1011);
		}
	}

	@Test
	void messageThatIsTooLargeCompletesTheSignal() {
		observe(WebSocket::awaitDisconnect);
		try (RawWs client = server.connect()) {
			client.sendBinary(new byte[(1 << 20) + 1]);
			client.expectClose(1009);
			expectClosed(1009);
		}
	}

	@Test
	void frameThatIsNotAllowedCompletesTheSignal() {
		observe(WebSocket::awaitDisconnect);
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("x").unmasked());
			client.expectClose(1002);
			expectClosed(1002);
		}
	}

	@Test
	void handshakeThatIsRejectedCompletesTheSignal() {
		expectClosedAfterHandshake(409, (ws) -> ws.reject(HttpStatus.CONFLICT));
	}

	@Test
	void handshakeThatIsClosedCompletesTheSignal() {
		expectClosedAfterHandshake(403, WebSocket::close);
	}

	@Test
	void handshakeThatIsNotDecidedCompletesTheSignal() {
		expectClosedAfterHandshake(500, (ws) -> {
		});
	}

	@Test
	void handshakeThatFailsCompletesTheSignal() {
		expectClosedAfterHandshake(500, (ws) -> {
			throw new UnsupportedOperationException("expected by the test");
		});
	}

	@Test
	void handshakeThatTakesTooLongCompletesTheSignal() {
		Signal closed = new Signal();
		observeFromStart((ws) -> closed.await());
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(503);
			expectClosed(1006);
			closed.fire();
		}
	}

	@Test
	void dependentThatBlocksHoldsUpNoOtherConnection() {
		Signal entered = new Signal();
		Signal leave = new Signal();
		server.serve((ws) -> {
			ws.accept();
			ws.closed().thenRun(() -> {
				entered.fire();
				leave.await();
			});
			ws.awaitDisconnect();
		});
		try (RawWs first = server.connect()) {
			first.sendClose(1000, "");
			entered.await();
			Outcome<?> second = server.serve((ws) -> {
				ws.accept();
				ws.sendText(ws.receiveText());
			});
			try (RawWs client = server.connect()) {
				client.sendText("not held up");
				client.expectText("not held up");
				client.expectClose(1000);
				client.sendClose(1000, "");
				assertThat(second.closed().getCode()).isEqualTo(1000);
			}
			first.expectClose(1000);
			first.expectEnd();
			leave.fire();
		}
	}

	@Test
	void signalIsCompleteForThoseWhoAskLater() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			client.sendClose(1000, "");
			outcome.closed();
			CompletableFuture<?> later = outcome.webSocket().closed().toCompletableFuture();
			assertThat(later).isCompleted();
		}
	}

	@Test
	void signalCannotBeCompletedByTheApplication() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.closed().toCompletableFuture().cancel(true);
			ws.accept();
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.sendClose(4000, "");
			client.expectClose(4000);
			assertThat(outcome.closed().getCode()).isEqualTo(4000);
		}
	}

	private void expectClosedAfterHandshake(int status, WSHandler handler) {
		observeFromStart(handler);
		RawHandshake handshake = server.handshake();
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(status);
			expectClosed(1006);
		}
	}

	private void observe(WSHandler afterAccept) {
		observeFromStart((ws) -> {
			ws.accept();
			afterAccept.handle(ws);
		});
	}

	private void observeFromStart(WSHandler handler) {
		server.serve((ws) -> {
			ws.closed().whenComplete((status, ex) -> {
				this.completions.incrementAndGet();
				this.thread.complete(Thread.currentThread().getName());
				this.code.complete(status.getCode());
			});
			handler.handle(ws);
		});
	}

	private void expectClosed(int expected) {
		assertThat(Outcome.waitFor(this.code)).isEqualTo(expected);
		assertThat(Outcome.waitFor(this.thread)).doesNotContainPattern(CONTAINER_THREAD);
		assertThat(this.completions).hasValue(1);
	}

}
