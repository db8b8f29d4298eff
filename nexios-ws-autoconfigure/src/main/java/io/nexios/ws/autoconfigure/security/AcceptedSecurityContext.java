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
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * A security context with the authentication of the request. When the handshake is
 * accepted with a user, the context has this user instead. An authentication that is set
 * in the context takes precedence.
 *
 * @author Nexios Team
 */
final class AcceptedSecurityContext implements SecurityContext {

	private static final long serialVersionUID = 1L;

	private final transient WebSocket ws;

	private volatile @Nullable Authentication authentication;

	private volatile boolean set;

	AcceptedSecurityContext(WebSocket ws, @Nullable Authentication ofRequest) {
		this.ws = ws;
		this.authentication = ofRequest;
	}

	@Override
	public @Nullable Authentication getAuthentication() {
		return (!this.set && this.ws.principal() instanceof Authentication accepted) ? accepted : this.authentication;
	}

	@Override
	public void setAuthentication(@Nullable Authentication authentication) {
		this.authentication = authentication;
		this.set = true;
	}

}
