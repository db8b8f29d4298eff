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

package io.nexios.ws.broker.redis.connection;

import java.util.concurrent.CompletionStage;

/**
 * Prepares a new connection before anybody else uses it. If that fails, the connection is
 * given up, and the message of the failure is the reason.
 *
 * @param <C> the type of the connection
 * @author Nexios Team
 */
@FunctionalInterface
public interface LinkPreparation<C extends RedisConnection> {

	/**
	 * Prepare a connection. Must not wait.
	 * @param connection the connection
	 * @return a stage that completes when the connection is ready
	 */
	CompletionStage<Void> prepare(C connection);

	/**
	 * Return this preparation followed by another.
	 * @param next the preparation that follows if this one succeeds
	 * @return both
	 */
	default LinkPreparation<C> then(LinkPreparation<? super C> next) {
		return (connection) -> prepare(connection).thenCompose((none) -> next.prepare(connection));
	}

}
