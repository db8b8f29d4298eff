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

package io.nexios.ws.broker;

/**
 * Whether a broker works.
 *
 * @param level how well it works
 * @param reason why it does not work, or an empty string
 * @author Nexios Team
 * @since 0.1.0
 */
public record BrokerState(Level level, String reason) {

	/**
	 * The state of a broker that works.
	 */
	public static final BrokerState UP = new BrokerState(Level.UP, "");

	/**
	 * Return the state of a broker that works in part.
	 * @param reason what does not work, without names of groups
	 * @return the state
	 */
	public static BrokerState degraded(String reason) {
		return new BrokerState(Level.DEGRADED, reason);
	}

	/**
	 * Return the state of a broker that does not work.
	 * @param reason why, without names of groups
	 * @return the state
	 */
	public static BrokerState down(String reason) {
		return new BrokerState(Level.DOWN, reason);
	}

	/**
	 * How well a broker works.
	 */
	public enum Level {

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
