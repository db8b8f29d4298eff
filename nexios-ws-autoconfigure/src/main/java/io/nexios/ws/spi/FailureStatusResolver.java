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

package io.nexios.ws.spi;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * Finds the HTTP status for an exception that a handler throws. Before the handshake is
 * decided, the client gets this status. Afterwards 401 and 403 close the connection with
 * 1008 instead of 1011. The close reason has no further details.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface FailureStatusResolver {

	/**
	 * Find the status for an exception.
	 * @param failure the exception
	 * @param authenticated whether the request has a user
	 * @return the status, or {@code null} if this resolver does not know the exception
	 */
	@Nullable HttpStatusCode resolve(Throwable failure, boolean authenticated);

}
