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
 * Looks up whether a session has ended, for sessions whose end is not reported. It is
 * called repeatedly for the sessions in which connections were opened. Several threads
 * call it at the same time. These threads may block.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface SessionLookup {

	/**
	 * Return whether a session has ended. This must not count as an access that extends
	 * the session. An exception means that the state of the session is unknown.
	 * @param id the id of the session
	 * @return whether the login of that session is known to have ended
	 */
	boolean hasEnded(String id);

	/**
	 * Return whether there is no other way to detect the end of a session. If so, this
	 * lookup is used without being configured.
	 * @return whether there is no other way
	 */
	default boolean isOnlyWay() {
		return true;
	}

}
