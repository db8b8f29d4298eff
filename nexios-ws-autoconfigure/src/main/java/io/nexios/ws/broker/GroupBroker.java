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
 * The engine of groups: puts the messages of each group in one order, keeps histories,
 * and delivers to every node that asked for the group. Membership is no business of its;
 * a node asks for the groups that it has members of.
 * <p>
 * No method blocks. Stages complete on any thread, exceptionally with what the engine
 * throws when it cannot be reached. Messages are in JDK types only. An engine is right if
 * it passes the contract tests ({@code GroupBrokerContract} in the test sources).
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface GroupBroker extends AutoCloseable {

	/**
	 * Begin to deliver. Called once, before anything else.
	 * @param subscriber gets the messages of subscribed groups
	 */
	void start(Subscriber subscriber);

	/**
	 * Ask for a group. Asking twice is asking once.
	 * @param group the group
	 * @return completes when every message accepted from then on will be delivered here
	 */
	CompletionStage<Void> subscribe(String group);

	/**
	 * Stop asking for a group.
	 * @param group the group
	 * @return completes when nothing accepted from then on will be delivered here
	 */
	CompletionStage<Void> unsubscribe(String group);

	/**
	 * Publish a message. Calls of one thread for one group are put in their order.
	 * @param publication the message
	 * @return completes when the engine has accepted the message
	 */
	CompletionStage<Acceptance> publish(Publication publication);

	/**
	 * Return the history of a group.
	 * @param group the group
	 * @return completes with the saved messages, the oldest first
	 */
	CompletionStage<List<BrokerMessage>> history(String group);

	/**
	 * Return all histories that are not empty.
	 * @return completes with the saved messages by group
	 */
	CompletionStage<Map<String, List<BrokerMessage>>> histories();

	/**
	 * Forget all histories. Offsets go on rising.
	 * @return completes when they are forgotten
	 */
	CompletionStage<Void> clearHistories();

	/**
	 * Stop delivering and release everything.
	 */
	@Override
	void close();

	/**
	 * What an engine has accepted.
	 *
	 * @param offset the message's place in the history, 0 if it was not saved
	 * @param subscribed whether a node asks for the group; {@code true} if the engine
	 * cannot tell
	 */
	record Acceptance(long offset, boolean subscribed) {

	}

	/**
	 * Gets what an engine delivers.
	 */
	@FunctionalInterface
	interface Subscriber {

		/**
		 * A message was delivered. Called in the engine's order and never concurrently
		 * for the same group. Must not block or throw, and not call the engine.
		 * @param message the message
		 */
		void onMessage(BrokerMessage message);

	}

}
