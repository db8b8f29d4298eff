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

package io.nexios.ws.broker.redis.subscribe;

/**
 * The states of a group, which {@link GroupSubscription} describes.
 *
 * @author Nexios Team
 */
enum SubscriptionState {

	/**
	 * Redis knows nothing of this node.
	 */
	IDLE,

	/**
	 * Waits until the channel is confirmed.
	 */
	SUBSCRIBING,

	/**
	 * Waits for the position.
	 */
	ASKING,

	/**
	 * Delivers messages.
	 */
	ACTIVE,

	/**
	 * Delivers nothing, but Redis believes that this node asks for the group.
	 */
	KEPT,

	/**
	 * Waits until Redis knows that this node does not ask any more.
	 */
	LEAVING,

	/**
	 * Has tried to leave, and has to try again.
	 */
	OWING;

	/**
	 * Return whether a request is on its way, so that calls have to wait.
	 * @return whether there is one
	 */
	boolean isOnItsWay() {
		return this == SUBSCRIBING || this == ASKING || this == LEAVING;
	}

}
