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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketState;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How a handler rejects a handshake.
 *
 * @author Nexios Team
 */
class HandshakeRejectSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer();

	@ParameterizedTest
	@ValueSource(ints = { 204, 401, 418, 429, 503, 599 })
	void statusIsTheAnswerWithoutBody(int status) {
		server.serve((ws) -> ws.reject(HttpStatusCode.valueOf(status)));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(status);
			assertThat(client.body()).isEmpty();
			assertThat(client.headers().headerNames()).doesNotContain("Sec-WebSocket-Accept", "Upgrade");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 101, 103 })
	void informationalStatusIsRefusedAndLeavesHandshakeUndecided(int status) {
		server.serve((ws) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> ws.reject(HttpStatusCode.valueOf(status)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ws.reject(ResponseEntity.status(HttpStatusCode.valueOf(status)).build()));
			ws.accept();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

	@Test
	void problemIsWrittenAsProblemJson() {
		server.serve((ws) -> {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "Room is füll");
			problem.setTitle("Room full");
			problem.setProperty("room", "lobby");
			ws.reject(problem);
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
			assertThat(mediaType(client).isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)).isTrue();
			JsonNode problem = new JsonMapper().readTree(client.bodyBytes());
			assertThat(problem.get("status").asInt()).isEqualTo(409);
			assertThat(problem.get("title").asString()).isEqualTo("Room full");
			assertThat(problem.get("detail").asString()).isEqualTo("Room is füll");
			assertThat(problem.get("room").asString()).isEqualTo("lobby");
		}
	}

	@Test
	void responseHasHeadersAndText() {
		server.serve((ws) -> ws.reject(ResponseEntity.status(429)
			.header("Retry-After", "7")
			.header("X-Many", "1", "2")
			.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
			.body("später")));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(429);
			assertThat(client.header("Retry-After")).isEqualTo("7");
			assertThat(client.headers().get("X-Many")).containsExactly("1", "2");
			assertThat(mediaType(client).isCompatibleWith(MediaType.TEXT_PLAIN)).isTrue();
			assertThat(client.body()).isEqualTo("später");
		}
	}

	@Test
	void textWithoutContentTypeIsPlainAndKeepsItsCharacters() {
		server.serve((ws) -> ws.reject(ResponseEntity.badRequest().body("größer")));
		try (RawWs client = server.handshake().send()) {
			assertThat(mediaType(client).isCompatibleWith(MediaType.TEXT_PLAIN)).isTrue();
			assertThat(mediaType(client).getCharset()).isEqualTo(StandardCharsets.UTF_8);
			assertThat(client.body()).isEqualTo("größer");
		}
	}

	@Test
	void responseHasBytes() {
		byte[] bytes = { 0, 1, -1, '\r', '\n' };
		server.serve((ws) -> ws.reject(ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(bytes)));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(mediaType(client)).isEqualTo(MediaType.IMAGE_PNG);
			assertThat(client.bodyBytes()).isEqualTo(bytes);
		}
	}

	@Test
	void responseHasObjectAsJson() {
		server.serve((ws) -> ws.reject(ResponseEntity.status(402).body(Map.of("prize", "€ 5"))));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(402);
			assertThat(mediaType(client).isCompatibleWith(MediaType.APPLICATION_JSON)).isTrue();
			assertThat(client.body()).isEqualTo("{\"prize\":\"€ 5\"}");
		}
	}

	@Test
	void responseHasHeadersWithoutBody() {
		server.serve((ws) -> ws.reject(ResponseEntity.status(HttpStatus.FOUND).header("Location", "/login").build()));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(302);
			assertThat(client.header("Location")).isEqualTo("/login");
			assertThat(client.body()).isEmpty();
		}
	}

	@Test
	void answerIsSentWhileHandlerIsStillBusy() {
		Signal answered = new Signal();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.reject(HttpStatus.CONFLICT);
			answered.await();
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
			answered.fire();
			outcome.get();
		}
	}

	@Test
	void acceptAndRejectAreRefusedAfterReject() {
		server.serve((ws) -> {
			ws.reject(HttpStatus.CONFLICT);
			assertThatIllegalStateException().isThrownBy(ws::accept);
			assertThatIllegalStateException().isThrownBy(() -> ws.reject(HttpStatus.GONE));
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
		}
	}

	@Test
	void rejectIsRefusedAfterAccept() {
		server.serve((ws) -> {
			ws.accept();
			assertThatIllegalStateException().isThrownBy(() -> ws.reject(HttpStatus.GONE))
				.withMessageContaining("close");
			ws.sendText("still open");
		});
		try (RawWs client = server.connect()) {
			client.expectText("still open");
		}
	}

	@Test
	void closeBeforeAcceptIs403() {
		Outcome<?> outcome = server.serve(WebSocket::close);
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(403);
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
		}
	}

	@Test
	void closeWithCodeBeforeAcceptIs403AndKeepsReasonToItself() {
		server.serve((ws) -> ws.close(4001, "secret-reason"));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(403);
			assertThat(client.body()).doesNotContain("secret-reason");
		}
	}

	@Test
	void rejectionIsTheEndOfTheConnection() {
		Outcome<?> outcome = server.serve((ws) -> {
			assertThat(ws.closed().toCompletableFuture()).isNotDone();
			ws.reject(HttpStatus.UNAUTHORIZED);
			assertThat(ws.applicationState()).isEqualTo(WebSocketState.RESPONSE);
			assertThat(ws.isConnected()).isFalse();
			ws.close();
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(401);
			assertThat(outcome.closed().getCode()).isEqualTo(1006);
			assertThat(outcome.get()).isNull();
		}
	}

	private static MediaType mediaType(RawWs client) {
		return MediaType.parseMediaType(String.valueOf(client.header(HttpHeaders.CONTENT_TYPE)));
	}

}
