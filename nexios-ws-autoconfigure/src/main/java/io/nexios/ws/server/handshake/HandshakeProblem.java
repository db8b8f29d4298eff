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
 * Why a request for a route cannot become a connection, whatever its handler says.
 *
 * @author Nexios Team
 */
public enum HandshakeProblem {

	/**
	 * Neither a GET nor, over HTTP/2, a CONNECT.
	 */
	METHOD(HttpStatus.METHOD_NOT_ALLOWED, "A WebSocket handshake is a GET.", null),

	/**
	 * A GET over another version of HTTP than the one that can upgrade.
	 */
	PROTOCOL(HttpStatus.BAD_REQUEST, "A WebSocket handshake needs HTTP/1.1.",
			"a proxy has to use HTTP/1.1: with nginx, 'proxy_http_version 1.1;'"),

	/**
	 * A handshake that does not ask for a WebSocket, although all the rest is there.
	 */
	UPGRADE_LOST(HttpStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\". A proxy has not passed the header on.",
			"a proxy has to pass the header 'Upgrade' on: with nginx, 'proxy_http_version 1.1; "
					+ "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";'"),

	/**
	 * A request that has nothing of a handshake.
	 */
	NO_UPGRADE(HttpStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\".", null),

	/**
	 * A handshake that does not tell the next hop to upgrade.
	 */
	CONNECTION(HttpStatus.BAD_REQUEST, "\"Connection\" must be \"upgrade\".",
			"a proxy has to pass the header 'Connection' on: with nginx, 'proxy_set_header Connection \"upgrade\";'"),

	/**
	 * Another version of the WebSocket protocol.
	 */
	VERSION(HttpStatus.UPGRADE_REQUIRED, "\"Sec-WebSocket-Version\" must be \"13\".", null),

	/**
	 * A key that is not 16 bytes in Base64.
	 */
	KEY(HttpStatus.BAD_REQUEST, "\"Sec-WebSocket-Key\" must be 16 bytes in Base64.", null),

	/**
	 * A body, for which the container would wait.
	 */
	BODY(HttpStatus.BAD_REQUEST, "A WebSocket handshake has no body.", null),

	/**
	 * Extensions that cannot be parsed.
	 */
	EXTENSIONS(HttpStatus.BAD_REQUEST, "\"Sec-WebSocket-Extensions\" cannot be read.", null),

	/**
	 * What a handler has accepted, and the container does not for what the client offers.
	 */
	NEGOTIATION(HttpStatus.BAD_REQUEST,
			"\"Sec-WebSocket-Extensions\" or \"Sec-WebSocket-Protocol\" cannot be negotiated.", null),

	/**
	 * A query that the container cannot decode, or another part that cannot be read.
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
	 * @return a line without anything of the request
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
