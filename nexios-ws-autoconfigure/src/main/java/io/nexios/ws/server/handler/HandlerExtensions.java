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

package io.nexios.ws.server.handler;

import java.util.List;

import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.spi.FailureStatusResolver;
import io.nexios.ws.spi.HandlerContext;
import io.nexios.ws.spi.PrincipalExpiry;
import org.jspecify.annotations.Nullable;

/**
 * The extensions that an application adds to the server.
 *
 * @param failures finds the HTTP status for exceptions
 * @param contexts take the context of a request to the threads of its handler
 * @param expiries know until when a user may stay connected
 * @param sessions ends connections with the HTTP session of their user, or {@code null}
 * if they may outlive it
 * @author Nexios Team
 */
public record HandlerExtensions(FailureStatusResolver failures, List<HandlerContext> contexts,
		List<PrincipalExpiry> expiries, @Nullable SessionConnections sessions) {

	public HandlerExtensions {
		contexts = List.copyOf(contexts);
		expiries = List.copyOf(expiries);
	}

}
