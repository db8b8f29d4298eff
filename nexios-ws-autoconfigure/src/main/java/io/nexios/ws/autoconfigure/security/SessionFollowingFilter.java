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
 * Notices what becomes of the session of a request where the container does not, because
 * Spring Session has it: another id, or the end. Asks the store nothing that the request
 * does not ask.
 *
 * @author Nexios Team
 */
final class SessionFollowingFilter extends OncePerRequestFilter implements Ordered {

	// Behind Spring Session's own, and before those that use the session, of which Spring
	// Boot's RequestContextFilter, at -105, is the first
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
