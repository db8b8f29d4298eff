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
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses requests that cannot be upgraded, and gives the reason: to the client in the
 * response, and to the operator in the log once a minute. The likely cause is the
 * operator's proxy. This check comes before the check of the origin, which would
 * otherwise report the wrong cause.
 *
 * @author Nexios Team
 */
public final class HandshakeCheck implements HandshakeInterceptor {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private static final String SEC_WEBSOCKET_KEY = WebSocketHttpHeaders.SEC_WEBSOCKET_KEY;

	private final LogThrottle<HandshakeProblem> throttle = new LogThrottle<>();

	private final JsonCodec json;

	public HandshakeCheck(JsonCodec json) {
		this.json = json;
	}

	/**
	 * Return whether a request asks for a WebSocket, even if its handshake is invalid.
	 * @param request the request
	 * @return whether it is a GET that asks for an upgrade to a WebSocket, or a CONNECT
	 * of HTTP/2
	 */
	public static boolean isHandshake(HttpServletRequest request) {
		// Called for every request of the application
		if (request.getHeader(HttpHeaders.UPGRADE) == null) {
			return isConnect(request);
		}
		return isGet(request) && containsToken(request, HttpHeaders.UPGRADE, "websocket");
	}

	private static boolean isConnect(HttpServletRequest request) {
		return "CONNECT".equals(request.getMethod()) && !request.getProtocol().startsWith("HTTP/1");
	}

	private static boolean isGet(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod());
	}

	private static boolean containsToken(HttpServletRequest request, String name, String token) {
		return Collections.list(request.getHeaders(name))
			.stream()
			.flatMap((value) -> Arrays.stream(StringUtils.tokenizeToStringArray(value, ",")))
			.anyMatch(token::equalsIgnoreCase);
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler wsHandler,
			Map<String, Object> attributes) throws IOException {
		HandshakeProblem problem = problem((ServletServerHttpRequest) request);
		if (problem != null) {
			answer(problem, (ServletServerHttpResponse) response);
		}
		return problem == null;
	}

	/**
	 * Answer a request for a route that is not a handshake.
	 * @param request the request
	 * @param response its response
	 * @throws IOException if the client has gone
	 */
	public void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
		HandshakeProblem problem = problem(new ServletServerHttpRequest(request));
		answer((problem != null) ? problem : HandshakeProblem.REQUEST, new ServletServerHttpResponse(response));
	}

	private void answer(HandshakeProblem problem, ServletServerHttpResponse response) throws IOException {
		// Requests with one of these problems do not try to open a WebSocket
		if (problem != HandshakeProblem.METHOD && problem != HandshakeProblem.NO_UPGRADE) {
			log(problem);
		}
		problem.reply(this.json).writeTo(response);
	}

	private void log(HandshakeProblem problem) {
		String line = this.throttle.pass(problem, problem.line(), System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

	private static @Nullable HandshakeProblem problem(ServletServerHttpRequest request) {
		HandshakeProblem problem = isConnect(request.getServletRequest()) ? null : upgradeProblem(request);
		return (problem != null) ? problem : handshakeProblem(request);
	}

	private static @Nullable HandshakeProblem upgradeProblem(ServletServerHttpRequest request) {
		HttpServletRequest servletRequest = request.getServletRequest();
		if (!isGet(servletRequest)) {
			return HandshakeProblem.METHOD;
		}
		String upgrade = request.getHeaders().getUpgrade();
		if (!"websocket".equalsIgnoreCase(upgrade)) {
			boolean lost = upgrade == null && request.getHeaders().containsHeader(SEC_WEBSOCKET_KEY);
			return lost ? HandshakeProblem.UPGRADE_LOST : HandshakeProblem.NO_UPGRADE;
		}
		if (!"HTTP/1.1".equals(servletRequest.getProtocol())) {
			return HandshakeProblem.PROTOCOL;
		}
		return containsToken(servletRequest, HttpHeaders.CONNECTION, "upgrade") ? null : HandshakeProblem.CONNECTION;
	}

	private static @Nullable HandshakeProblem handshakeProblem(ServletServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (!"13".equals(headers.getFirst(WebSocketHttpHeaders.SEC_WEBSOCKET_VERSION))) {
			return HandshakeProblem.VERSION;
		}
		if (!HandshakeKey.isValid(request)) {
			return HandshakeProblem.KEY;
		}
		// A body is never read, and the container would wait for it before it opens the
		// connection
		if (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			return HandshakeProblem.BODY;
		}
		return hasReadableExtensions(headers) ? null : HandshakeProblem.EXTENSIONS;
	}

	private static boolean hasReadableExtensions(HttpHeaders headers) {
		try {
			new WebSocketHttpHeaders(headers).getSecWebSocketExtensions();
			return true;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return false;
		}
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler wsHandler,
			@Nullable Exception exception) {
	}

}
