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

package io.nexios.ws;

/**
 * Policy for a message to a connection whose outbound queue is full because its peer
 * reads too slowly.
 * <p>
 * The policy applies to messages that other threads send, such as messages to a group. It
 * does not apply to the handler's own thread, which waits for room.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public enum OverflowPolicy {

	/**
	 * The connection is closed with 1013 (try again later).
	 */
	CLOSE,

	/**
	 * The oldest queued messages are discarded until the new one fits.
	 */
	DROP_OLDEST,

	/**
	 * The new message is discarded.
	 */
	DROP_NEWEST

}
