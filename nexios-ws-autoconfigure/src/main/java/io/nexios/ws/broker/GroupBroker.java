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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Orders the messages of each group, keeps histories, and delivers messages to every node
 * that has subscribed to the group. The broker does not know members. A node subscribes
 * to the groups of which it has members.
 * <p>
 * No method blocks. Stages complete on any thread. If the broker cannot be reached, they
 * complete exceptionally with the broker's exception. Messages contain only JDK types. An
 * implementation is correct if it passes the contract tests ({@code GroupBrokerContract}
 * in the test sources).
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface GroupBroker extends AutoCloseable {

	/**
	 * Start delivering messages. Called once, before any other method.
	 * @param subscriber receives the messages of subscribed groups
	 */
	void start(Subscriber subscriber);

	/**
	 * Subscribe to a group. A second subscription has no effect.
	 * @param group the group
	 * @return a stage that completes when every message accepted from then on will be
	 * delivered to this node
	 */
	CompletionStage<Void> subscribe(String group);

	/**
	 * Unsubscribe from a group.
	 * @param group the group
	 * @return a stage that completes when no message accepted from then on will be
	 * delivered to this node
	 */
	CompletionStage<Void> unsubscribe(String group);

	/**
	 * Publish a message. The messages that one thread publishes to one group keep their
	 * order.
	 * @param publication the message
	 * @return a stage that completes when the broker has accepted the message
	 */
	CompletionStage<Acceptance> publish(Publication publication);

	/**
	 * Return the history of a group.
	 * @param group the group
	 * @return a stage that completes with the saved messages, the oldest first
	 */
	CompletionStage<List<BrokerMessage>> history(String group);

	/**
	 * Return all histories that are not empty.
	 * @return a stage that completes with the saved messages by group
	 */
	CompletionStage<Map<String, List<BrokerMessage>>> histories();

	/**
	 * Delete all histories. Offsets continue to increase.
	 * @return a stage that completes when the histories are deleted
	 */
	CompletionStage<Void> clearHistories();

	/**
	 * Stop delivering messages and release all resources.
	 */
	@Override
	void close();

	/**
	 * The result of a publication that the broker has accepted.
	 *
	 * @param offset the position of the message in the history, or 0 if the message was
	 * not saved
	 * @param subscribed whether a node has subscribed to the group, or {@code true} if
	 * the broker does not know
	 */
	record Acceptance(long offset, boolean subscribed) {

	}

	/**
	 * Receives the messages that a broker delivers.
	 */
	@FunctionalInterface
	interface Subscriber {

		/**
		 * Handle a delivered message. The broker calls this method in the order of the
		 * messages, and never concurrently for the same group. The method must not block,
		 * must not throw, and must not call the broker.
		 * @param message the message
		 */
		void onMessage(BrokerMessage message);

	}

}
