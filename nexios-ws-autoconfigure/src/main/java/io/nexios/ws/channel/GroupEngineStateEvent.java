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

package io.nexios.ws.channel;

/**
 * Published when the broker of the groups stops working, works in part, or works again.
 * If changes come faster than listeners handle them, the oldest of those that wait are
 * left out.
 *
 * @param state how well the broker works
 * @param reason why it does not work, or an empty string
 * @author Nexios Team
 * @since 0.1.0
 */
public record GroupEngineStateEvent(State state, String reason) {

	/**
	 * How well the broker works.
	 */
	public enum State {

		/**
		 * Messages are accepted and delivered.
		 */
		UP,

		/**
		 * Some messages may be late or may be refused.
		 */
		DEGRADED,

		/**
		 * No message is accepted, or none is delivered.
		 */
		DOWN

	}

}
