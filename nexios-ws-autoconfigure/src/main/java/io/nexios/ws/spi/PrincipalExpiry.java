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

import java.security.Principal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Determines until when a user may stay connected, for example because a token expires.
 * It is called once for each connection that has a user. The call is made on the thread
 * of the request, or on the thread of the handler if the user is set with
 * {@link io.nexios.ws.Acceptance#principal}. If several beans return a time, the earliest
 * time applies. If a bean fails, the handshake fails.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface PrincipalExpiry {

	/**
	 * Return when a connection of a user that is opened now has to end.
	 * @param principal the user
	 * @return the time, or {@code null} if there is none
	 */
	@Nullable Instant expiresAt(Principal principal);

}
