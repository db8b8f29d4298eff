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

import java.security.Principal;
import java.util.Objects;

import io.nexios.ws.server.login.SessionConnections;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Ends connections at a logout that the servlet container does not report, because there
 * is no session, the session is kept, or it is in another store. Connections of the
 * request's session end. Connections that were opened with the same credentials also end,
 * if the credentials are a token or if the connections have no session.
 *
 * @author Nexios Team
 */
final class LogoutListener implements ApplicationListener<LogoutSuccessEvent> {

	private static final boolean OAUTH2 = ClassUtils.isPresent(
			"org.springframework.security.oauth2.core.AbstractOAuth2Token", LogoutListener.class.getClassLoader());

	private final SessionConnections connections;

	LogoutListener(SessionConnections connections) {
		this.connections = connections;
	}

	@Override
	public void onApplicationEvent(LogoutSuccessEvent event) {
		Authentication leaving = event.getAuthentication();
		this.connections.endSessionless(leaving.getName(), (principal) -> isSame(principal, leaving));
		if (OAUTH2 && OAuth2TokenExpiry.token(leaving) != null) {
			// Unlike a password, a token identifies one login
			this.connections.endLogins(leaving.getName(), (principal) -> isSame(principal, leaving));
		}
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			endSession(attributes.getRequest());
		}
	}

	private void endSession(HttpServletRequest request) {
		HttpSession kept = request.getSession(false);
		String id = (kept != null) ? kept.getId() : request.getRequestedSessionId();
		if (id != null) {
			this.connections.endSession(id);
		}
	}

	private static boolean isSame(Principal principal, Authentication leaving) {
		return principal instanceof Authentication authentication
				&& (isSame(authentication, leaving) || isFromTicket(authentication, leaving));
	}

	private static boolean isSame(Authentication authentication, Authentication leaving) {
		return Objects.equals(authentication.getPrincipal(), leaving.getPrincipal())
				&& Objects.equals(authentication.getCredentials(), leaving.getCredentials());
	}

	private static boolean isFromTicket(Authentication authentication, Authentication leaving) {
		return authentication.getDetails() instanceof TicketDetails details && details.isLoginOf(leaving);
	}

}
