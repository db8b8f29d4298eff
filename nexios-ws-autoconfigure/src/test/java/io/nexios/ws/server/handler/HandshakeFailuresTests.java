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

package io.nexios.ws.server.handler;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.spi.FailureStatusResolver;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeFailures}.
 *
 * @author Nexios Team
 */
class HandshakeFailuresTests {

	private final FailureStatusResolver security = (failure, authenticated) -> (failure instanceof SecurityException)
			? (authenticated ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED) : null;

	@Test
	void errorResponseKeepsItsStatusAndProblem() {
		HttpReply reply = failures()
			.replyTo(new ResponseStatusException(HttpStatus.NOT_FOUND, "no such room", new Exception("secret")), false);
		assertThat(reply.status().value()).isEqualTo(404);
		assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("no such room").doesNotContain("secret");
	}

	@Test
	void errorResponseKeepsItsHeaders() {
		HttpReply reply = failures().replyTo(new MethodNotAllowedException("GET", List.of()), false);
		assertThat(reply.status().value()).isEqualTo(405);
		assertThat(reply.headers().getContentType()).hasToString("application/problem+json");
	}

	@Test
	void webSocketExceptionIsForbiddenAndSaysNothing() {
		HttpReply reply = failures().replyTo(new WebSocketException(4000, "secret"), true);
		assertThat(reply.status()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(reply.body()).isEmpty();
	}

	@Test
	void disconnectIsForbidden() {
		assertThat(failures().replyTo(new WebSocketDisconnect(1006, ""), true).status())
			.isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void resolverDecidesForTheAuthenticated() {
		assertThat(failures(this.security).replyTo(new SecurityException("secret"), true).status())
			.isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void resolverDecidesForTheAnonymous() {
		assertThat(failures(this.security).replyTo(new SecurityException("secret"), false).status())
			.isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void firstResolverThatKnowsDecides() {
		HandshakeFailures failures = failures((failure, authenticated) -> null, this.security,
				(failure, authenticated) -> HttpStatus.CONFLICT);
		assertThat(failures.replyTo(new SecurityException(), true).status()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(failures.replyTo(new Exception(), true).status()).isEqualTo(HttpStatus.CONFLICT);
	}

	@Test
	void anyOtherExceptionIsADefect() {
		assertThat(failures(this.security).replyTo(new IllegalStateException("secret"), true)).isNull();
	}

	private static HandshakeFailures failures(FailureStatusResolver... resolvers) {
		return new HandshakeFailures(new JsonCodec(JsonMapper.builder().build()),
				new FirstFailureStatus(List.of(resolvers)));
	}

}
