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
 * Opens connections to the primary. Each call finds out anew which server that is. No
 * method waits.
 *
 * @author Nexios Team
 */
public interface RedisConnector {

	/**
	 * Open a connection for requests.
	 * @return a stage that completes with the connection, or fails with the reason
	 */
	CompletionStage<RedisConnection> connect();

	/**
	 * Open a connection for the messages of channels.
	 * @param listener receives the messages of this connection
	 * @return a stage that completes with the connection, or fails with the reason
	 */
	CompletionStage<SubscriberConnection> connect(MessageListener listener);

}
