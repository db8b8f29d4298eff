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
 * Published when members of a group may have missed messages. Members with
 * {@linkplain JoinOptions#withPositions() positions} are told as well.
 *
 * @param group the group
 * @param reason why messages may be missing
 * @author Nexios Team
 * @since 0.1.0
 */
public record GroupContinuityLostEvent(String group, Reason reason) {

	/**
	 * Why messages may be missing.
	 */
	public enum Reason {

		/**
		 * The broker has already dropped messages that were not delivered.
		 */
		RETENTION,

		/**
		 * The broker has lost the offsets of the group and began again.
		 */
		EPOCH,

		/**
		 * The broker has replaced messages that were delivered, or were accepted.
		 */
		FORK,

		/**
		 * The broker has a message that this node cannot read.
		 */
		UNREADABLE

	}

}
