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

package io.nexios.ws.behaviour.routing;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDecorator;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.testsupport.HandlerSlot;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What middleware can do around a handler.
 *
 * @author Nexios Team
 */
class MiddlewareSocketTests {

	private static final List<String> calls = new CopyOnWriteArrayList<>();

	private static final AtomicReference<WSMiddleware> swapped = new AtomicReference<>();

	@RegisterExtension
	static final SocketServer server = new SocketServer(Routes.class);

	@BeforeEach
	void clear() {
		calls.clear();
		swapped.set((ws, next) -> next.handle(ws));
	}

	@Test
	void orderIsFromTheOutsideIn() {
		Outcome<?> outcome = server.serve((ws) -> {
			calls.add("handler");
			ws.accept();
		});
		try (RawWs client = server.connect("/parent/child/ordered")) {
			client.expectClose(1000);
			assertThat(outcome.get()).isNull();
			assertThat(calls).containsExactly("global 1", "global 2", "parent 1", "parent 2", "child 1", "route 1",
					"route 2", "handler");
		}
	}

	@Test
	void middlewareOfOtherRoutersDoesNotApply() {
		server.serve(WebSocket::accept);
		try (RawWs client = server.connect("/swapped")) {
			client.expectClose(1000);
			assertThat(calls).containsExactly("global 1", "global 2");
		}
	}

	@Test
	void middlewareMayReject() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		swapped.set((ws, next) -> ws.reject(HttpStatus.UNAUTHORIZED));
		try (RawWs client = server.handshake("/swapped").send()) {
			assertThat(client.status()).isEqualTo(401);
			assertThat(outcome.calls()).isZero();
		}
	}

	@Test
	void middlewareThatNeitherDecidesNorGoesOnIs500() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		swapped.set((ws, next) -> {
		});
		try (RawWs client = server.handshake("/swapped").send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(outcome.calls()).isZero();
		}
	}

	@Test
	void middlewareMayAcceptAndServeItself() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		swapped.set((ws, next) -> {
			ws.accept();
			ws.sendText("served by the middleware");
		});
		try (RawWs client = server.connect("/swapped")) {
			client.expectText("served by the middleware");
			client.expectClose(1000);
			assertThat(outcome.calls()).isZero();
		}
	}

	@Test
	void middlewareMayPassOnAWrapper() {
		Outcome<WebSocket> outcome = server.evaluate((ws) -> {
			ws.accept();
			ws.sendText(ws.receiveText());
			return ws;
		});
		AtomicReference<WebSocket> original = new AtomicReference<>();
		swapped.set((ws, next) -> {
			original.set(ws);
			next.handle(new Shouting(ws));
		});
		try (RawWs client = server.connect("/swapped")) {
			client.sendText("hello");
			client.expectText("HELLO");
			assertThat(outcome.get()).isNotSameAs(original.get());
			assertThat(outcome.get().id()).isEqualTo(original.get().id());
			client.expectClose(1000);
		}
	}

	@Test
	void middlewareRunsOnAfterTheHandler() {
		Signal cleanedUp = new Signal();
		server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
		});
		swapped.set((ws, next) -> {
			try {
				next.handle(ws);
			}
			finally {
				assertThat(ws.isConnected()).isFalse();
				cleanedUp.fire();
			}
		});
		try (RawWs client = server.connect("/swapped")) {
			client.sendClose(1000, "");
			cleanedUp.await();
		}
	}

	@Test
	void connectionIsOpenUntilTheOutermostMiddlewareReturns() {
		server.serve(WebSocket::accept);
		swapped.set((ws, next) -> {
			next.handle(ws);
			ws.sendText("good bye");
		});
		try (RawWs client = server.connect("/swapped")) {
			client.expectText("good bye");
			client.expectClose(1000);
		}
	}

	@Test
	void middlewareMayTurnFailureIntoItsOwnClose() {
		server.serve((ws) -> {
			ws.accept();
			throw new UnsupportedOperationException("expected by the test");
		});
		swapped.set((ws, next) -> {
			try {
				next.handle(ws);
			}
			catch (UnsupportedOperationException ex) {
				ws.close(4005, "unsupported");
			}
		});
		try (RawWs client = server.connect("/swapped")) {
			assertThat(client.expectClose(4005)).isEqualTo("unsupported");
		}
	}

	@Test
	void failureOfMiddlewareIsLikeThatOfTheHandler() {
		server.serve(WebSocket::accept);
		swapped.set((ws, next) -> {
			throw new WebSocketException(4001, "not here");
		});
		try (RawWs client = server.handshake("/swapped").send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		swapped.set((ws, next) -> {
			next.handle(ws);
			throw new WebSocketException(4001, "not any more");
		});
		try (RawWs client = server.connect("/swapped")) {
			assertThat(client.expectClose(4001)).isEqualTo("not any more");
		}
	}

	@Test
	void middlewareOfRouteDoesNotSeeRequestsThatDoNotMatch() {
		try (RawWs client = server.handshake("/parent/child/unknown").send()) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(calls).isEmpty();
		}
	}

	@Test
	void checkedExceptionPassesThroughMiddlewareUnchanged() {
		server.serve((ws) -> {
			throw new IOException("expected by the test");
		});
		Signal seen = new Signal();
		swapped.set((ws, next) -> {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> next.handle(ws));
			seen.fire();
			ws.reject(HttpStatus.BAD_GATEWAY);
		});
		try (RawWs client = server.handshake("/swapped").send()) {
			assertThat(client.status()).isEqualTo(502);
			assertThat(seen.isFired()).isTrue();
		}
	}

	private static WSMiddleware recording(String name) {
		return (ws, next) -> {
			calls.add(name);
			next.handle(ws);
		};
	}

	private static final class Shouting extends WebSocketDecorator {

		Shouting(WebSocket delegate) {
			super(delegate);
		}

		@Override
		public void send(WSMessage message) {
			super.send(new WSMessage.Text(message.asText().toUpperCase(Locale.ROOT)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		@Order(2)
		WSMiddleware second() {
			return recording("global 2");
		}

		@Bean
		@Order(1)
		WSMiddleware first() {
			return recording("global 1");
		}

		@Bean
		WSRouter parent(HandlerSlot slot) {
			WSRouter child = new WSRouter("/child").addWsRoute("/ordered", slot, recording("route 1"),
					recording("route 2"));
			return new WSRouter("/parent").addWsMiddleware(recording("parent 1"))
				.mountRouter(child.addWsMiddleware(recording("child 1")))
				.addWsMiddleware(recording("parent 2"));
		}

		@Bean
		WSRouter swappedRouter(HandlerSlot slot) {
			return new WSRouter().addWsRoute("/swapped", slot, (ws, next) -> swapped.get().handle(ws, next));
		}

	}

}
