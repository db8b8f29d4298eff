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
import java.util.Enumeration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request that hides the extensions that the client offers. Containers negotiate
 * permessage-deflate whenever they see it, which costs about 300 KB for each connection.
 * Hiding the header is the only way to prevent this in all containers.
 *
 * @author Nexios Team
 */
public final class ExtensionHidingRequest extends HttpServletRequestWrapper {

	private static final String HEADER = "Sec-WebSocket-Extensions";

	private ExtensionHidingRequest(HttpServletRequest request) {
		super(request);
	}

	public static HttpServletRequest wrap(HttpServletRequest request) {
		return (request.getHeader(HEADER) != null) ? new ExtensionHidingRequest(request) : request;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return HEADER.equalsIgnoreCase(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return HEADER.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		return Collections.enumeration(Collections.list(super.getHeaderNames())
			.stream()
			.filter((name) -> !HEADER.equalsIgnoreCase(name))
			.toList());
	}

}
