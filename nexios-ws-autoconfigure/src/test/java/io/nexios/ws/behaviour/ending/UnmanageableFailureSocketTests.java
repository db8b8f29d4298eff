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

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.spi.FailureStatusResolver;
import io.nexios.ws.spi.HandlerContext;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Failures that fail again when they are handled. The timeout for a decision is longer
 * than clients wait, so the timeout answers none of them.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class UnmanageableFailureSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(FailingConfiguration.class).with("nexios.ws.accept-timeout=60s",
			"spring.mvc.problemdetails.enabled=false");

	@ParameterizedTest
	@MethodSource("failures")
	void handlerThatHasAcceptedCloses1011(Supplier<RuntimeException> failure, CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			throw failure.get();
		});
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(1011)).isEqualTo("Internal error");
			client.sendClose(1011, "");
			assertThat(outcome.closed().getCode()).isEqualTo(1011);
			String id = outcome.webSocket().id();
			await()
				.until(() -> output.getAll().lines().anyMatch((line) -> line.contains("ERROR") && line.contains(id)));
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void consumerCloses1011(Supplier<RuntimeException> failure) {
		Failing.failure = failure;
		try (RawWs client = server.connect("/consumer")) {
			client.sendText("fail");
			client.expectClose(1011);
			client.sendClose(1011, "");
			client.expectEnd();
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void handlerThatHasNotDecidedIsAnsweredWith500(Supplier<RuntimeException> failure, CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			throw failure.get();
		});
		expect500(outcome);
		String id = outcome.webSocket().id();
		await().until(() -> output.getAll().lines().anyMatch((line) -> line.contains("ERROR") && line.contains(id)));
	}

	static Stream<Named<Supplier<RuntimeException>>> failures() {
		return Stream.of(named("message", () -> new IllegalStateException() {

			@Override
			public String getMessage() {
				throw new UnsupportedOperationException("message");
			}

		}), named("description", () -> new IllegalStateException("described") {

			@Override
			public String toString() {
				throw new StackOverflowError("description");
			}

		}), named("cause", () -> new IllegalStateException("caused") {

			@Override
			public synchronized Throwable getCause() {
				throw new UnsupportedOperationException("cause");
			}

		}), named("resolver", UnresolvableException::new));
	}

	@ParameterizedTest
	@MethodSource("undecidedFailures")
	void answerThatCannotBeGivenIs500(Supplier<RuntimeException> failure) {
		expect500(server.serve((ws) -> {
			throw failure.get();
		}));
	}

	static Stream<Named<Supplier<RuntimeException>>> undecidedFailures() {
		return Stream.of(named("problem that is not JSON", () -> {
			ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.CONFLICT);
			problem.setProperty("self", (Iterable<?>) () -> {
				throw new UnsupportedOperationException("value");
			});
			return new ErrorResponseException(HttpStatus.CONFLICT, problem, null);
		}), named("informational status", () -> new ErrorResponseException(HttpStatus.EARLY_HINTS)),
				named("status that is none", () -> new ErrorResponseException(HttpStatus.CONFLICT, new ProblemDetail() {
				}, null)), named("no headers", () -> new ErrorResponseException(HttpStatus.CONFLICT) {

					@Override
					public HttpHeaders getHeaders() {
						throw new UnsupportedOperationException("headers");
					}

				}), named("status of a resolver", InformationalException::new));
	}

	@Test
	void closeCodeThatCannotBeToldCloses1011() {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			throw new WebSocketException(4000, "reason") {

				@Override
				public int code() {
					throw new UnsupportedOperationException("code");
				}

			};
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1011);
			client.sendClose(1011, "");
			assertThat(outcome.closed().getCode()).isEqualTo(1011);
		}
	}

	@Test
	void resolverThatFailsLeavesTheOthersTheirOpinion() {
		server.serve((ws) -> {
			throw new UnresolvableException(HttpStatus.GONE);
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(410);
		}
	}

	@Test
	void contextThatFailsBeforeTheHandlerIs500() {
		try (RawWs client = server.handshake("/t?context=fails").send()) {
			assertThat(client.status()).isEqualTo(500);
		}
	}

	@Test
	void contextThatFailsBehindTheHandlerChangesNothing() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.connect("/t?context=fails-behind")) {
			client.expectClose(1000);
			client.sendClose(1000, "");
			assertThat(outcome.closed().getCode()).isEqualTo(1000);
		}
	}

	@Test
	void contextThatFailsBeforeACallbackCloses1011() {
		try (RawWs client = server.connect("/consumer?context=fails-for-messages")) {
			client.sendText("fail");
			client.expectClose(1011);
			client.sendClose(1011, "");
			client.expectEnd();
		}
	}

	private static void expect500(Outcome<?> outcome) {
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

	private static Named<Supplier<RuntimeException>> named(String name, Supplier<RuntimeException> failure) {
		return Named.of(name, failure);
	}

	@Configuration(proxyBeanMethods = false)
	static class FailingConfiguration {

		@Bean
		FailureStatusResolver failingResolver() {
			return (failure, authenticated) -> {
				if (failure instanceof UnresolvableException) {
					throw new UnsupportedOperationException("resolver");
				}
				return (failure instanceof InformationalException) ? HttpStatus.EARLY_HINTS : null;
			};
		}

		@Bean
		FailureStatusResolver otherResolver() {
			return (failure, authenticated) -> (failure instanceof UnresolvableException unresolvable)
					? unresolvable.status : null;
		}

		@Bean
		HandlerContext failingContext() {
			return (ws, route) -> (task) -> () -> {
				String context = String.valueOf(ws.queryParam("context"));
				if (context.equals("fails") || (context.equals("fails-for-messages") && ws.isConnected())) {
					throw new UnsupportedOperationException("context");
				}
				task.run();
				if (context.equals("fails-behind")) {
					throw new UnsupportedOperationException("context");
				}
			};
		}

		@Bean
		WebSocketRoute consumer() {
			return WebSocketConsumer.asRoute("/consumer", Failing::new);
		}

	}

	static class Failing extends WebSocketConsumer<String> {

		static volatile Supplier<RuntimeException> failure = IllegalStateException::new;

		@Override
		protected void onReceive(WebSocket ws, String data) {
			throw failure.get();
		}

	}

	static class UnresolvableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient @Nullable HttpStatusCode status;

		UnresolvableException() {
			this(null);
		}

		UnresolvableException(@Nullable HttpStatusCode status) {
			this.status = status;
		}

	}

	static class InformationalException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
