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

package io.nexios.ws.server.handshake;

import java.io.IOException;
import java.util.Map;

import io.nexios.ws.server.json.JsonCodec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HttpReply}.
 *
 * @author Nexios Team
 */
class HttpReplyTests {

	private final JsonCodec json = new JsonCodec(JsonMapper.builder().build());

	@Test
	void statusHasNoBody() throws IOException {
		MockHttpServletResponse response = write(HttpReply.of(HttpStatus.FORBIDDEN));
		assertThat(response.getStatus()).isEqualTo(403);
		assertThat(response.getContentAsByteArray()).isEmpty();
		assertThat(response.getContentLength()).isZero();
		assertThat(response.isCommitted()).isTrue();
	}

	@Test
	void informationalStatusIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpReply.of(HttpStatus.SWITCHING_PROTOCOLS))
			.withMessageContaining("101");
	}

	@Test
	void statusWithoutANameIsTaken() throws IOException {
		assertThat(write(HttpReply.of(HttpStatusCode.valueOf(499))).getStatus()).isEqualTo(499);
	}

	@Test
	void problemIsWrittenAsOne() throws IOException {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "taken");
		MockHttpServletResponse response = write(HttpReply.of(problem, new HttpHeaders(), this.json));
		assertThat(response.getStatus()).isEqualTo(409);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
		assertThat(response.getContentAsString()).contains("\"taken\"");
	}

	@Test
	void textIsPlainText() throws IOException {
		MockHttpServletResponse response = write(HttpReply.of(ResponseEntity.status(418).body("ä"), this.json));
		assertThat(response.getStatus()).isEqualTo(418);
		assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
		assertThat(response.getContentAsByteArray()).containsExactly(0xC3, 0xA4);
		assertThat(response.getContentLength()).isEqualTo(2);
	}

	@Test
	void bytesAreCopied() throws IOException {
		byte[] body = { 1, 2 };
		HttpReply reply = HttpReply.of(ResponseEntity.badRequest().body(body), this.json);
		body[0] = 9;
		MockHttpServletResponse response = write(reply);
		assertThat(response.getContentType()).isEqualTo("application/octet-stream");
		assertThat(response.getContentAsByteArray()).containsExactly(1, 2);
	}

	@Test
	void objectIsJson() throws IOException {
		MockHttpServletResponse response = write(
				HttpReply.of(ResponseEntity.badRequest().body(Map.of("a", 1)), this.json));
		assertThat(response.getContentType()).isEqualTo("application/json");
		assertThat(response.getContentAsString()).isEqualTo("{\"a\":1}");
	}

	@Test
	void problemInAResponseIsWrittenAsOne() throws IOException {
		ResponseEntity<ProblemDetail> entity = ResponseEntity.of(ProblemDetail.forStatus(HttpStatus.CONFLICT)).build();
		MockHttpServletResponse response = write(HttpReply.of(entity, this.json));
		assertThat(response.getStatus()).isEqualTo(409);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
	}

	@Test
	void contentTypeOfAResponseIsKept() throws IOException {
		ResponseEntity<String> entity = ResponseEntity.badRequest().contentType(MediaType.TEXT_HTML).body("<p>");
		assertThat(write(HttpReply.of(entity, this.json)).getContentType()).startsWith("text/html");
	}

	@Test
	void headersOfAResponseAreKept() throws IOException {
		ResponseEntity<Void> entity = ResponseEntity.status(429).header("Retry-After", "7").build();
		MockHttpServletResponse response = write(HttpReply.of(entity, this.json));
		assertThat(response.getHeader("Retry-After")).isEqualTo("7");
		assertThat(response.getContentType()).isNull();
	}

	@Test
	void contentLengthIsThatOfTheBody() throws IOException {
		ResponseEntity<String> entity = ResponseEntity.badRequest().contentLength(999).body("abc");
		assertThat(write(HttpReply.of(entity, this.json)).getContentLength()).isEqualTo(3);
	}

	private static MockHttpServletResponse write(HttpReply reply) throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		reply.writeTo(new ServletServerHttpResponse(response));
		return response;
	}

}
