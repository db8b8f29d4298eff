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
import java.time.Instant;

import io.nexios.ws.spi.PrincipalExpiry;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;

/**
 * Reads the expiry of the token with which a resource server has authenticated a request.
 * The token is a JWT or an opaque token.
 *
 * @author Nexios Team
 */
final class OAuth2TokenExpiry implements PrincipalExpiry {

	@Override
	public @Nullable Instant expiresAt(Principal principal) {
		AbstractOAuth2Token token = token(principal);
		return (token != null) ? token.getExpiresAt() : null;
	}

	static @Nullable String tokenValue(Principal principal) {
		AbstractOAuth2Token token = token(principal);
		return (token != null) ? token.getTokenValue() : null;
	}

	static @Nullable AbstractOAuth2Token token(Principal principal) {
		return (principal instanceof Authentication authentication
				&& authentication.getCredentials() instanceof AbstractOAuth2Token token) ? token : null;
	}

}
