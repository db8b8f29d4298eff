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

import java.util.List;
import java.util.Map;

import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Checks the origin of handshakes, as a browser would. It admits pages of the
 * application's own origin and of allowed origins. It also admits requests without an
 * origin, because they do not come from a browser.
 *
 * @author Nexios Team
 */
public final class OriginCheck implements HandshakeInterceptor {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private static final String OPAQUE = "null";

	private static final int MAX_LOGGED = 200;

	private final LogThrottle<Boolean> throttle = new LogThrottle<>();

	private final AllowedOrigins allowed;

	/**
	 * Create a check.
	 * @param allowed the origins that may connect in addition to the application's own
	 */
	public OriginCheck(AllowedOrigins allowed) {
		this.allowed = allowed;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler wsHandler,
			Map<String, Object> attributes) {
		List<String> origins = request.getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
		if (origins.isEmpty()) {
			return true;
		}
		// If there are several, it is unknown which one is the browser's
		String text = (origins.size() == 1) ? origins.get(0) : "";
		WebOrigin origin = WebOrigin.parse(text);
		boolean allowed = (origin != null) ? isAllowed(origin, request) : this.allowed.contain(text);
		if (allowed && passesSpring(request, origin)) {
			return true;
		}
		response.setStatusCode(HttpStatus.FORBIDDEN);
		refused((origin != null) ? origin.toString() : (text.equals(OPAQUE) ? OPAQUE : null));
		return false;
	}

	private boolean isAllowed(WebOrigin origin, ServerHttpRequest request) {
		HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
		return origin.equals(WebOrigin.of(servletRequest)) || this.allowed.contain(origin);
	}

	/**
	 * Make sure that Spring's own check, which follows, does not fail with a server
	 * error.
	 * @param request the request
	 * @param origin its origin, or {@code null} if it is not the origin of a host
	 * @return whether Spring can read the origin, in ASCII if necessary
	 */
	private static boolean passesSpring(ServerHttpRequest request, @Nullable WebOrigin origin) {
		try {
			WebUtils.isSameOrigin(request);
			return true;
		}
		catch (IllegalArgumentException ex) {
			if (origin != null) {
				request.getHeaders().set(HttpHeaders.ORIGIN, origin.toString());
			}
			return origin != null;
		}
	}

	private void refused(@Nullable String origin) {
		String line = this.throttle.pass(origin != null, line(origin), System.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

	private static String line(@Nullable String origin) {
		if (origin == null) {
			return "Refused a handshake with 403: the header 'Origin' does not contain an origin";
		}
		if (origin.equals(OPAQUE)) {
			return "Refused a handshake with 403: the origin 'null' is that of a page in a sandbox or of a file. Any "
					+ "web site can have it. Serve the page from an origin of its own, or allow 'null' in "
					+ "'nexios.ws.allowed-origins' with 'nexios.ws.allow-any-origin' if no connection depends on cookies";
		}
		String cut = (origin.length() > MAX_LOGGED) ? origin.substring(0, MAX_LOGGED) + "..." : origin;
		return "Refused a handshake with 403: the origin '" + cut + "' is neither that of the request nor allowed by "
				+ "'nexios.ws.allowed-origins'. Add it there if its pages may connect. If they are pages of this "
				+ "application, set 'server.forward-headers-strategy', and configure the proxy to forward the scheme, "
				+ "host and port that browsers use";
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler wsHandler,
			@Nullable Exception exception) {
	}

}
