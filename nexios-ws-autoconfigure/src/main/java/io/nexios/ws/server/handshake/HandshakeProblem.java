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

import io.nexios.ws.server.json.JsonCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The reasons why a request for a route cannot become a connection, regardless of its
 * handler.
 *
 * @author Nexios Team
 */
public enum HandshakeProblem {

	/**
	 * The request is neither a GET nor, over HTTP/2, a CONNECT.
	 */
	METHOD(HttpStatus.METHOD_NOT_ALLOWED, "A WebSocket handshake is a GET.", null),

	/**
	 * The request is a GET, but not over HTTP/1.1, the only version that can upgrade.
	 */
	PROTOCOL(HttpStatus.BAD_REQUEST, "A WebSocket handshake needs HTTP/1.1.",
			"a proxy has to use HTTP/1.1: with nginx, 'proxy_http_version 1.1;'"),

	/**
	 * The header {@code Upgrade} is missing, although the request has a WebSocket key.
	 */
	UPGRADE_LOST(HttpStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\". A proxy has not passed the header on.",
			"a proxy has to pass the header 'Upgrade' on: with nginx, 'proxy_http_version 1.1; "
					+ "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";'"),

	/**
	 * The request does not ask for a WebSocket at all.
	 */
	NO_UPGRADE(HttpStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\".", null),

	/**
	 * The header {@code Connection} does not tell the next hop to upgrade.
	 */
	CONNECTION(HttpStatus.BAD_REQUEST, "\"Connection\" must be \"upgrade\".",
			"a proxy has to pass the header 'Connection' on: with nginx, 'proxy_set_header Connection \"upgrade\";'"),

	/**
	 * The version of the WebSocket protocol is not 13.
	 */
	VERSION(HttpStatus.UPGRADE_REQUIRED, "\"Sec-WebSocket-Version\" must be \"13\".", null),

	/**
	 * The key is not 16 bytes in Base64.
	 */
	KEY(HttpStatus.BAD_REQUEST, "\"Sec-WebSocket-Key\" must be 16 bytes in Base64.", null),

	/**
	 * The request has a body, for which the container would wait.
	 */
	BODY(HttpStatus.BAD_REQUEST, "A WebSocket handshake has no body.", null),

	/**
	 * The extensions cannot be parsed.
	 */
	EXTENSIONS(HttpStatus.BAD_REQUEST, "\"Sec-WebSocket-Extensions\" cannot be read.", null),

	/**
	 * A handler has accepted, but the container cannot negotiate what the client offers.
	 */
	NEGOTIATION(HttpStatus.BAD_REQUEST,
			"\"Sec-WebSocket-Extensions\" or \"Sec-WebSocket-Protocol\" cannot be negotiated.", null),

	/**
	 * The container cannot decode the query, or another part of the request cannot be
	 * read.
	 */
	REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read.", null);

	private final HttpStatus status;

	private final String detail;

	private final @Nullable String hint;

	HandshakeProblem(HttpStatus status, String detail, @Nullable String hint) {
		this.status = status;
		this.detail = detail;
		this.hint = hint;
	}

	/**
	 * Return the line for the log.
	 * @return a line without content of the request
	 */
	String line() {
		String line = "Answered " + this.status.value() + " to a handshake: " + this.detail;
		return (this.hint != null) ? line + " Most likely " + this.hint : line;
	}

	public HttpReply reply(JsonCodec json) {
		ResponseEntity.BodyBuilder response = ResponseEntity.status(this.status);
		if (this == METHOD) {
			response.header("Allow", "GET");
		}
		else if (this == VERSION) {
			response.header("Upgrade", "websocket").header("Sec-WebSocket-Version", "13");
		}
		return HttpReply.of(response.body(this.detail), json);
	}

}
