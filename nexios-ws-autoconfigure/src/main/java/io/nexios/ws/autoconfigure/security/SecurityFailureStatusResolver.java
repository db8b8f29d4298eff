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

import io.nexios.ws.spi.FailureStatusResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/**
 * Answers as Spring Security's filters do: 401 if a login might help, otherwise 403.
 *
 * @author Nexios Team
 */
class SecurityFailureStatusResolver implements FailureStatusResolver {

	@Override
	public @Nullable HttpStatusCode resolve(Throwable failure, boolean authenticated) {
		if (failure instanceof AuthenticationException) {
			return HttpStatus.UNAUTHORIZED;
		}
		if (failure instanceof AccessDeniedException) {
			return authenticated ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED;
		}
		return null;
	}

}
