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

package io.nexios.ws.broker.redis.cursor;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;

/**
 * What is to be done for a group, in the order of the list.
 *
 * @author Nexios Team
 */
public sealed interface CursorAction {

	/**
	 * Deliver a message to the members.
	 *
	 * @param message the message
	 */
	record Deliver(BrokerMessage message) implements CursorAction {

	}

	/**
	 * Report a loss to the members.
	 *
	 * @param loss the loss
	 */
	record Report(Loss loss) implements CursorAction {

	}

	/**
	 * Read a {@link StreamPage}. The read begins after this action was returned. Its
	 * answer or its failure is passed to the cursor.
	 *
	 * @param ticket identifies the read
	 * @param after the offset after which the page begins
	 */
	record Read(long ticket, long after) implements CursorAction {

	}

}
