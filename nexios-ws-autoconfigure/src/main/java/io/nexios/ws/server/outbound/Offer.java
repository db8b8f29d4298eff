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

package io.nexios.ws.server.outbound;

/**
 * The outcome of offering a message to an {@link OutboundQueue}.
 *
 * @author Nexios Team
 */
enum Offer {

	/**
	 * Not added, because no more messages are added.
	 */
	CLOSED,

	/**
	 * Not added, because the queue has too many bytes, and nothing may be dropped.
	 */
	TOO_MANY_BYTES,

	/**
	 * Not added, because the queue has too many messages, and nothing may be dropped.
	 */
	TOO_MANY_MESSAGES,

	/**
	 * Not added, because there is no room and the policy is to drop the newest. If there
	 * is a notice of that, the current drainer writes it.
	 */
	DROPPED,

	/**
	 * Added. The current drainer writes it.
	 */
	ADDED,

	/**
	 * The message, or the notice that it was dropped, was added to an idle queue. The
	 * caller has to drain the queue.
	 */
	CLAIMED

}
