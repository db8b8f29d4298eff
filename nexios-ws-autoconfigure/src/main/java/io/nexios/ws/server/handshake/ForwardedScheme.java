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

import java.util.Collections;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Finds the scheme that a client has used. Some proxies forward the scheme of a
 * WebSocket, {@code wss}. Neither Spring nor the containers treat it as {@code https}.
 *
 * @author Nexios Team
 */
final class ForwardedScheme {

	static final String SECURE = "https";

	// Tomcat's mark for a request whose forwarded headers it trusts
	private static final String FORWARDED_IN_TOMCAT = "org.apache.tomcat.request.forwarded";

	private static final String HEADER = "X-Forwarded-Proto";

	private ForwardedScheme() {
	}

	static boolean isSecure(HttpServletRequest request) {
		return request.isSecure() || SECURE.equals(of(request));
	}

	/**
	 * Return the scheme of a request.
	 * @param request the request
	 * @return the scheme, an HTTP scheme even for a WebSocket, or {@code null} if it is
	 * unknown
	 */
	static @Nullable String of(HttpServletRequest request) {
		String scheme = request.getScheme();
		return isSecureForTomcat(request) ? SECURE : ((scheme != null) ? ofPage(scheme) : null);
	}

	/**
	 * Return the scheme of the pages that may open connections with a scheme.
	 * @param scheme the scheme, in any case
	 * @return the scheme in lower case, an HTTP scheme for a WebSocket
	 */
	static String ofPage(String scheme) {
		String lowerCase = scheme.toLowerCase(Locale.ROOT);
		return switch (lowerCase) {
			case "ws" -> "http";
			case "wss" -> SECURE;
			default -> lowerCase;
		};
	}

	// Tomcat's valve treats every scheme except https as http, and sets this on the
	// request
	private static boolean isSecureForTomcat(HttpServletRequest request) {
		if (!Boolean.TRUE.equals(request.getAttribute(FORWARDED_IN_TOMCAT))) {
			return false;
		}
		List<String> schemes = Collections.list(request.getHeaders(HEADER))
			.stream()
			.flatMap((header) -> List.of(StringUtils.tokenizeToStringArray(header, ",")).stream())
			.toList();
		return !schemes.isEmpty() && schemes.stream().map(ForwardedScheme::ofPage).allMatch(SECURE::equals);
	}

}
