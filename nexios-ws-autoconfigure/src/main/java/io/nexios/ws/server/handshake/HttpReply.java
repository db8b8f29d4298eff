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
import java.nio.charset.StandardCharsets;

import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.limit.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;

/**
 * The HTTP response to a handshake that is not accepted. Its body is already encoded.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, possibly empty
 * @author Nexios Team
 */
public record HttpReply(HttpStatusCode status, HttpHeaders headers, byte[] body) {

	private static final MediaType PLAIN_TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	// By then the reason for the refusal may be over, or another server may answer
	private static final String RETRY_AFTER_SECONDS = "1";

	public HttpReply {
		Assert.isTrue(!status.is1xxInformational(),
				() -> "A handshake cannot be rejected with the informational status " + status.value());
	}

	public static HttpReply of(HttpStatusCode status) {
		return new HttpReply(status, new HttpHeaders(), new byte[0]);
	}

	public static HttpReply of(Refusal refusal, JsonCodec json) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		return of(ProblemDetail.forStatusAndDetail(refusal.status(), refusal.detail()), headers, json);
	}

	public static HttpReply of(ProblemDetail problem, HttpHeaders headers, JsonCodec json) {
		return of(HttpStatusCode.valueOf(problem.getStatus()), headers, MediaType.APPLICATION_PROBLEM_JSON,
				json.encodeBytes(problem));
	}

	public static HttpReply of(ResponseEntity<?> response, JsonCodec json) {
		HttpStatusCode status = response.getStatusCode();
		Object body = response.getBody();
		if (body == null) {
			return of(status, response.getHeaders(), null, new byte[0]);
		}
		if (body instanceof String text) {
			return of(status, response.getHeaders(), PLAIN_TEXT, text.getBytes(StandardCharsets.UTF_8));
		}
		if (body instanceof byte[] bytes) {
			return of(status, response.getHeaders(), MediaType.APPLICATION_OCTET_STREAM, bytes.clone());
		}
		return of(status, response.getHeaders(),
				(body instanceof ProblemDetail) ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON,
				json.encodeBytes(body));
	}

	private static HttpReply of(HttpStatusCode status, HttpHeaders headers, @Nullable MediaType defaultType,
			byte[] body) {
		HttpHeaders copy = HttpHeaders.copyOf(headers);
		if (copy.getContentType() == null && defaultType != null) {
			copy.setContentType(defaultType);
		}
		return new HttpReply(status, copy, body);
	}

	public void writeTo(ServletServerHttpResponse response) throws IOException {
		response.setStatusCode(this.status);
		response.getHeaders().putAll(this.headers);
		response.getHeaders().setContentLength(this.body.length);
		response.getBody().write(this.body);
		response.flush();
	}

}
