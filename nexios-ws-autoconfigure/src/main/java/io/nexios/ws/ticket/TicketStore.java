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

package io.nexios.ws.ticket;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps tickets where all nodes find them. No method waits. Each stage fails if the store
 * has failed or cannot be reached.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface TicketStore {

	/**
	 * Keep a ticket that nobody has used before.
	 * @param ticket the ticket
	 * @param content what it stands for
	 * @param timeToLive how long it is kept
	 * @return a stage that completes when the ticket is kept
	 */
	CompletionStage<Void> put(String ticket, String content, Duration timeToLive);

	/**
	 * Change what a ticket stands for. It is kept as long as before. A ticket that is not
	 * there is not kept.
	 * @param ticket the ticket
	 * @param content what it stands for from now on
	 * @return a stage that completes when the content is changed, or the ticket is not
	 * there
	 */
	CompletionStage<Void> replace(String ticket, String content);

	/**
	 * Get and remove a ticket in one step. Of all nodes that take a ticket, only one gets
	 * it.
	 * @param ticket the ticket
	 * @return a stage that completes with what the ticket stands for, or with nothing if
	 * there is no such ticket
	 */
	CompletionStage<Optional<String>> take(String ticket);

	/**
	 * Remove a ticket. If that fails, try again until the ticket expires.
	 * @param ticket the ticket
	 * @param timeToLive after what time it certainly expires
	 * @return a stage that completes when the ticket is removed
	 */
	CompletionStage<Void> remove(String ticket, Duration timeToLive);

}
