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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a page. Two origins are equal if browsers treat them as the same: a
 * WebSocket scheme equals the scheme of the page that opens it, the default port equals
 * no port, upper and lower case are equal, and the two forms of an international name are
 * equal.
 *
 * @param scheme the scheme, in lower case
 * @param host the host, in lower case and in ASCII
 * @param port the port, or {@value #DEFAULT_PORT} for the default port of the scheme
 * @author Nexios Team
 */
record WebOrigin(String scheme, String host, int port) {

	static final int DEFAULT_PORT = -1;

	private static final Pattern SYNTAX = Pattern
		.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^\\s/?#@:\\[\\]\\\\]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(?:[/?#].*)?");

	private static final int HTTP_PORT = 80;

	private static final int HTTPS_PORT = 443;

	private static final int MAX_PORT = 65535;

	/**
	 * Parse an origin. A path after it is ignored.
	 * @param text the text
	 * @return the origin, or {@code null} if the text is not the origin of a host
	 */
	static @Nullable WebOrigin parse(String text) {
		Matcher parts = SYNTAX.matcher(text);
		if (!parts.matches()) {
			return null;
		}
		String port = parts.group(3);
		return of(ForwardedScheme.ofPage(parts.group(1)), parts.group(2),
				(port != null) ? Integer.parseInt(port) : DEFAULT_PORT);
	}

	/**
	 * Return the origin of the pages to which a request belongs.
	 * @param request the request
	 * @return the origin, or {@code null} if the request does not have it
	 */
	static @Nullable WebOrigin of(HttpServletRequest request) {
		String scheme = ForwardedScheme.of(request);
		String host = request.getServerName();
		return (scheme != null && host != null) ? of(scheme, host, port(request, scheme)) : null;
	}

	private static int port(HttpServletRequest request, String scheme) {
		int port = request.getServerPort();
		// A component that does not treat the scheme as secure has added the default port
		// of http
		boolean guessed = port == HTTP_PORT && scheme.equals(ForwardedScheme.SECURE) && !request.isSecure();
		return (guessed || port <= 0) ? DEFAULT_PORT : port;
	}

	private static @Nullable WebOrigin of(String scheme, String host, int port) {
		String canonical = HostName.canonical(host);
		if (canonical == null || port > MAX_PORT) {
			return null;
		}
		return new WebOrigin(scheme, canonical, (port == defaultPort(scheme)) ? DEFAULT_PORT : port);
	}

	private static int defaultPort(String scheme) {
		return switch (scheme) {
			case "http" -> HTTP_PORT;
			case "https" -> HTTPS_PORT;
			default -> DEFAULT_PORT;
		};
	}

	/**
	 * Return the origin with its port, even if that is the default.
	 * @return the origin as a text
	 */
	String withPort() {
		int actual = (this.port != DEFAULT_PORT) ? this.port : defaultPort(this.scheme);
		return this.scheme + "://" + this.host + ((actual != DEFAULT_PORT) ? ":" + actual : "");
	}

	/**
	 * Return the origin as browsers send it.
	 */
	@Override
	public String toString() {
		return (this.port != DEFAULT_PORT) ? withPort() : this.scheme + "://" + this.host;
	}

}
