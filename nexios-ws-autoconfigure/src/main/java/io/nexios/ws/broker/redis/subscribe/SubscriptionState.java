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

import org.springframework.util.Assert;

/**
 * The states of a group. <pre>
 *                    channel                 position
 *         subscribe  confirmed      subscribed  unsubscribe      delay is over       done
 * IDLE ──► SUBSCRIBING ──► ASKING ──► ACTIVE ──► KEPT ──► LEAVING ──► IDLE
 *            ▲  ▲ failed: LEAVING                 │        │ no answer
 *            │  └──────────── subscribe ──────────┘        ▼
 *            └────────────────── subscribe ────────────── OWING ──► LEAVING
 * </pre> While something is on its way (SUBSCRIBING, ASKING, LEAVING), calls wait. So
 * what is taken away in Redis and what is asked for do not overtake each other. What is
 * on its way may still wait in this node, until other requests have their answers.
 * <p>
 * A group that is KEPT receives nothing. If it is subscribed to again, the channel is
 * confirmed again. What came before that was accepted before the new subscription, so it
 * is not delivered. Then Redis is asked for the end of the saved messages.
 * <p>
 * Without the connection for messages, ACTIVE stays, KEPT becomes LEAVING, and what waits
 * for it fails. When this node stops, every state becomes IDLE.
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
		return isSubscription() || this == LEAVING;
	}

	/**
	 * Return whether a call waits for a subscription.
	 * @return whether one does
	 */
	boolean isSubscription() {
		return this == SUBSCRIBING || this == ASKING;
	}

	/**
	 * Change to the next state.
	 * @param next the next state
	 * @return the next state
	 */
	SubscriptionState to(SubscriptionState next) {
		Assert.state(mayBecome(next), () -> this + " cannot become " + next);
		return next;
	}

	private boolean mayBecome(SubscriptionState next) {
		return switch (this) {
			case IDLE -> next == SUBSCRIBING;
			case SUBSCRIBING -> next == ASKING || next == LEAVING;
			case ASKING -> next == ACTIVE || next == LEAVING;
			case ACTIVE -> next == KEPT;
			case KEPT, OWING -> next == SUBSCRIBING || next == LEAVING;
			case LEAVING -> next == IDLE || next == OWING;
		};
	}

}
