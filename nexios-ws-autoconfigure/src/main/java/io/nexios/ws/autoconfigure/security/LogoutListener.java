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

import io.nexios.ws.server.SessionConnections;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Ends connections at a logout that destroys no session, because there is none or because
 * it is kept. One without a session ends if it was opened with the same credentials.
 *
 * @author Nexios Team
 */
final class LogoutListener implements ApplicationListener<LogoutSuccessEvent> {

	private final SessionConnections connections;

	LogoutListener(SessionConnections connections) {
		this.connections = connections;
	}

	@Override
	public void onApplicationEvent(LogoutSuccessEvent event) {
		Authentication leaving = event.getAuthentication();
		this.connections.endSessionless(leaving.getName(), (principal) -> isSame(principal, leaving));
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			HttpSession kept = attributes.getRequest().getSession(false);
			if (kept != null) {
				this.connections.endSession(kept.getId());
			}
		}
	}

	private static boolean isSame(Principal principal, Authentication leaving) {
		return principal instanceof Authentication authentication
				&& Objects.equals(authentication.getPrincipal(), leaving.getPrincipal())
				&& Objects.equals(authentication.getCredentials(), leaving.getCredentials());
	}

}
