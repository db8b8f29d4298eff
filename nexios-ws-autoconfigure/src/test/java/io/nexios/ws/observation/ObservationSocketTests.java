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

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.ObservationContextAssert;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.spi.HandlerContext;
import io.nexios.ws.spi.PrincipalExpiry;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.UserFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Observations of real connections and their messages.
 *
 * @author Nexios Team
 */
class ObservationSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(RegistryConfiguration.class, UserFilter.class).with(
			"nexios.ws.observation.messages=true", "nexios.ws.accept-timeout=60s",
			"nexios.ws.security.close-on-token-expiry=true");

	@BeforeEach
	void forgetOtherTests() {
		registry().clear();
	}

	@Test
	void connectionIsObservedToItsEnd() {
		Outcome<?> outcome = server.serve(ObservationSocketTests::receiveAll);
		try (RawWs client = server.connect()) {
			WebSocket ws = outcome.open();
			client.leave();
			assertConnection((context) -> context.hasContextualNameEqualTo("websocket /t")
				.hasLowCardinalityKeyValue("route", "/t")
				.hasLowCardinalityKeyValue("status", "101")
				.hasLowCardinalityKeyValue("code", "1000")
				.hasHighCardinalityKeyValue("nexios.ws.id", ws.id())
				.doesNotHaveError());
		}
	}

	@Test
	void rejectedHandshakeIsObserved() {
		server.serve((ws) -> ws.reject(HttpStatus.GONE));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(410);
			assertConnection((context) -> context.hasLowCardinalityKeyValue("status", "410")
				.hasLowCardinalityKeyValue("code", "none"));
		}
	}

	@Test
	void requestIsTheParent() {
		server.serve((ws) -> ws.reject(HttpStatus.FORBIDDEN));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(403);
			assertConnection((context) -> context
				.hasParentObservationContextMatching(ServerRequestObservationContext.class::isInstance));
		}
	}

	@Test
	void handlerRunsInTheScopeOfItsConnection() {
		Outcome<@Nullable Observation> current = server.evaluate((ws) -> {
			ws.accept();
			return registry().getCurrentObservation();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			assertThat(name(current.get())).isEqualTo("nexios.ws.connection");
		}
	}

	@Test
	void failureOfTheHandlerIsTheErrorOfItsConnection() {
		IllegalStateException failure = new IllegalStateException("broken");
		server.serve((ws) -> {
			ws.accept();
			throw failure;
		});
		try (RawWs client = server.connect()) {
			client.sendClose(1000, "");
			assertConnection((context) -> context.hasError(failure));
		}
	}

	@Test
	void failureBeforeTheDecisionIsTheErrorToo() {
		IllegalStateException failure = new IllegalStateException("broken");
		server.serve((ws) -> {
			throw failure;
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
			assertConnection((context) -> context.hasError(failure).hasLowCardinalityKeyValue("status", "500"));
		}
	}

	@Test
	void eachMessageIsObservedWithinItsConnection() {
		Outcome<@Nullable Observation> current = server.evaluate((ws) -> {
			ws.accept();
			ws.receiveText();
			Observation observation = registry().getCurrentObservation();
			ws.awaitDisconnect();
			return observation;
		});
		try (RawWs client = server.connect()) {
			client.sendText("one");
			client.sendText("two");
			client.leave();
			assertThat(name(current.get())).isEqualTo("nexios.ws.message");
			await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry())
				.hasNumberOfObservationsWithNameEqualTo("nexios.ws.message", 2)
				.forAllObservationsWithNameEqualTo("nexios.ws.message", ObservationSocketTests::assertMessage));
		}
	}

	@Test
	void scopeOfAMessageEndsWithIt() {
		Outcome<@Nullable Observation> current = server.evaluate((ws) -> {
			ws.accept();
			ws.receiveText();
			ws.receive();
			return registry().getCurrentObservation();
		});
		try (RawWs client = server.connect()) {
			client.sendText("one");
			client.leave();
			assertThat(name(current.get())).isEqualTo("nexios.ws.connection");
		}
	}

	@Test
	void failureAfterTheEndOfTheConnectionIsItsErrorToo() {
		IllegalStateException failure = new IllegalStateException("broken");
		server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
			throw failure;
		});
		try (RawWs client = server.connect()) {
			client.leave();
			assertConnection((context) -> context.hasError(failure).hasLowCardinalityKeyValue("code", "1000"));
		}
	}

	@Test
	void lastCallbackOfAConsumerRunsInTheScopeAsWell() {
		CompletableFuture<String> last = new CompletableFuture<>();
		Naming.last = last;
		try (RawWs client = server.connect("/consumer")) {
			client.expectText("nexios.ws.connection");
			client.leave();
			assertThat(Outcome.waitFor(last)).isEqualTo("nexios.ws.connection");
			assertConnection((context) -> context.hasLowCardinalityKeyValue("code", "1000"));
		}
	}

	@Test
	void callbacksOfAConsumerRunInTheScopeToo() {
		try (RawWs client = server.connect("/consumer")) {
			client.expectText("nexios.ws.connection");
			client.sendText("hello");
			client.expectText("nexios.ws.message");
			client.leave();
			assertConnection((context) -> context.hasLowCardinalityKeyValue("route", "/consumer"));
		}
	}

	@Test
	void handshakeOfAUserWhoseTimeIsOverIsObservedToItsEnd() {
		server.serve(ObservationSocketTests::receiveAll);
		try (RawWs client = server.handshake().header("X-User", "expired").send()) {
			assertThat(client.status()).isEqualTo(401);
			assertConnection((context) -> context.hasLowCardinalityKeyValue("status", "401"));
		}
	}

	@Test
	void handshakeWhoseContextFailsIsObservedToItsEnd() {
		server.serve(ObservationSocketTests::receiveAll);
		for (String context : List.of("capture", "run")) {
			registry().clear();
			try (RawWs client = server.handshake("/t?context=" + context).send()) {
				assertThat(client.status()).isEqualTo(500);
				assertConnection((observed) -> observed.hasLowCardinalityKeyValue("status", "500"));
			}
		}
	}

	private static void receiveAll(WebSocket ws) {
		ws.accept();
		ws.awaitDisconnect();
	}

	private static void assertConnection(Consumer<ObservationContextAssert<?>> assertion) {
		await().untilAsserted(() -> {
			TestObservationRegistryAssert.That that = TestObservationRegistryAssert.assertThat(registry())
				.hasObservationWithNameEqualTo("nexios.ws.connection");
			that.that().hasBeenStarted().hasBeenStopped();
			assertion.accept(that.that());
		});
	}

	private static void assertMessage(ObservationContextAssert<?> context) {
		context.hasLowCardinalityKeyValue("route", "/t")
			.hasParentObservationContextMatching(WSConnectionObservationContext.class::isInstance);
	}

	private static TestObservationRegistry registry() {
		return server.bean(TestObservationRegistry.class);
	}

	private static @Nullable String name(@Nullable Observation observation) {
		return (observation != null) ? observation.getContextView().getName() : null;
	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryConfiguration {

		@Bean
		TestObservationRegistry observationRegistry() {
			return TestObservationRegistry.create();
		}

		@Bean
		PrincipalExpiry expiry() {
			return (principal) -> principal.getName().equals("expired") ? Instant.EPOCH : null;
		}

		@Bean
		HandlerContext failingContext() {
			return (ws, route) -> {
				String context = String.valueOf(ws.queryParam("context"));
				Assert.state(!context.equals("capture"), "Nothing to capture");
				return (task) -> () -> {
					Assert.state(!context.equals("run"), "Nothing to run in");
					task.run();
				};
			};
		}

		@Bean
		WSRouter consumers(ObservationRegistry registry) {
			return new WSRouter().addWsRoute(WebSocketConsumer.asRoute("/consumer", () -> new Naming(registry)));
		}

	}

	static class Naming extends WebSocketConsumer<String> {

		private static volatile CompletableFuture<String> last = new CompletableFuture<>();

		private final ObservationRegistry registry;

		Naming(ObservationRegistry registry) {
			this.registry = registry;
		}

		@Override
		protected void onConnect(WebSocket ws) {
			ws.accept();
			sendName(ws);
		}

		@Override
		protected void onReceive(WebSocket ws, String data) {
			sendName(ws);
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			last.complete(String.valueOf(name(this.registry.getCurrentObservation())));
		}

		private void sendName(WebSocket ws) {
			ws.sendText(String.valueOf(name(this.registry.getCurrentObservation())));
		}

	}

}
