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

import io.nexios.ws.WebSocket;
import io.nexios.ws.spi.HandlerContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Carries the authentication of a request to its handler. Every run gets its own
 * {@link SecurityContext}, for two reasons: one thread could change a shared context
 * while others use it, and the request's context is cleared.
 *
 * @author Nexios Team
 */
final class SecurityHandlerContext implements HandlerContext {

	private final SecurityContextHolderStrategy holder;

	SecurityHandlerContext(SecurityContextHolderStrategy holder) {
		this.holder = holder;
	}

	@Override
	public @Nullable TaskDecorator capture(WebSocket ws, String route) {
		Authentication authentication = this.holder.getContext().getAuthentication();
		if (ws.principal() == null) {
			// In any case a user may still be set with the acceptance
			return (code) -> () -> run(code, new AcceptedSecurityContext(ws, authentication));
		}
		return (authentication != null) ? (code) -> () -> run(code, contextOf(authentication)) : null;
	}

	private SecurityContext contextOf(Authentication authentication) {
		SecurityContext context = this.holder.createEmptyContext();
		context.setAuthentication(authentication);
		return context;
	}

	private void run(Runnable code, SecurityContext context) {
		this.holder.setContext(context);
		try {
			code.run();
		}
		finally {
			this.holder.clearContext();
		}
	}

}
