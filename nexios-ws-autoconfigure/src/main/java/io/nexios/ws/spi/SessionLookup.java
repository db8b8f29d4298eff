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

/**
 * Knows whether a session has ended, where nothing tells. Asked again and again for the
 * sessions in which connections were opened, on threads that may block, by several
 * threads at a time.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface SessionLookup {

	/**
	 * Return whether a session has ended. Not a use of the session, which must not become
	 * younger by it. A failure is no answer.
	 * @param id the id of the session
	 * @return whether the login of that session is known to be over
	 */
	boolean hasEnded(String id);

	/**
	 * Return whether nothing else tells that a session has ended, so that it is asked
	 * without being configured.
	 * @return whether there is no other way to know
	 */
	default boolean isOnlyWay() {
		return true;
	}

}
