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

package io.nexios.ws.autoconfigure.security;

import java.io.IOException;

import io.nexios.ws.server.login.SessionConnections;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Detects a changed id or the end of the session of a request. The container does not
 * detect this, because Spring Session manages the session. The filter makes no additional
 * queries to the session store.
 *
 * @author Nexios Team
 */
final class SessionFollowingFilter extends OncePerRequestFilter implements Ordered {

	// After Spring Session's own filter, and before the filters that use the session. The
	// first of these is Spring Boot's RequestContextFilter at -105
	private static final int ORDER = -106;

	private final SessionConnections connections;

	SessionFollowingFilter(SessionConnections connections) {
		this.connections = connections;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SessionFollowingRequest following = new SessionFollowingRequest(request, this.connections);
		try {
			chain.doFilter(following, response);
		}
		finally {
			following.endIfInvalidated();
		}
	}

}
