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

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.UserFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How a handler fails to decide a handshake.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class HandshakeFailureSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(UserFilter.class);

	@Test
	void webSocketExceptionIs403() {
		server.serve((ws) -> {
			throw new WebSocketException(4001, "secret-reason");
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(403);
			assertThat(client.body()).doesNotContain("secret-reason");
		}
	}

	@Test
	void responseStatusExceptionIsItsStatusAndProblem() {
		server.serve((ws) -> {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No such room");
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.header("Content-Type")).startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			JsonNode problem = new JsonMapper().readTree(client.bodyBytes());
			assertThat(problem.get("status").asInt()).isEqualTo(404);
			assertThat(problem.get("detail").asString()).isEqualTo("No such room");
		}
	}

	@Test
	void errorResponseKeepsItsHeaders() {
		server.serve((ws) -> {
			ErrorResponseException failure = new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS);
			failure.getHeaders().set("Retry-After", "7");
			throw failure;
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(429);
			assertThat(client.header("Retry-After")).isEqualTo("7");
		}
	}

	@Test
	void runtimeExceptionIs500AndLeaksNothing(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
			throw new UnsupportedOperationException("secret-message");
		});
		try (RawWs client = server.handshake("/t?token=secret-token").send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(client.body()).doesNotContain("secret").doesNotContain("UnsupportedOperation");
			assertThat(client.headers().toString()).doesNotContain("secret");
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			await().until(() -> output.getAll().contains("secret-message"));
			assertThat(output).contains(SocketServer.ROUTE).doesNotContain("secret-token");
		}
	}

	@Test
	void checkedExceptionIs500() {
		server.serve((ws) -> {
			throw new Exception("checked");
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
		}
	}

	@Test
	void errorIs500() {
		server.serve((ws) -> {
			throw new LinkageError("broken deployment");
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(client.body()).doesNotContain("broken deployment");
		}
	}

	@Test
	void accessDeniedOfSpringSecurityIs401ForNobodyAnd403ForSomebody() {
		server.serve((ws) -> {
			throw new AccessDeniedException("secret-rule");
		});
		try (RawWs nobody = server.handshake().send()) {
			assertThat(nobody.status()).isEqualTo(401);
			assertThat(nobody.body()).doesNotContain("secret-rule");
		}
		try (RawWs alice = server.handshake().header("X-User", "alice").send()) {
			assertThat(alice.status()).isEqualTo(403);
			assertThat(alice.body()).doesNotContain("secret-rule");
		}
	}

	@Test
	void authenticationExceptionOfSpringSecurityIs401() {
		server.serve((ws) -> {
			throw new BadCredentialsException("secret-password");
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(401);
			assertThat(client.body()).doesNotContain("secret-password");
		}
	}

	@Test
	void returningUndecidedIs500AndLoggedWithRoute(CapturedOutput output) {
		Outcome<?> outcome = server.serve((ws) -> {
		});
		try (RawWs client = server.handshake("/t?token=secret-token").send()) {
			assertThat(client.status()).isEqualTo(500);
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			await().until(() -> output.getAll().contains(outcome.webSocket().id()));
			assertThat(output).contains(SocketServer.ROUTE).doesNotContain("secret-token");
		}
	}

	@Test
	void serverGoesOnAfterFailures() {
		server.serve((ws) -> {
			throw new IllegalStateException("first");
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(500);
		}
		server.serve(WebSocket::accept);
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

}
