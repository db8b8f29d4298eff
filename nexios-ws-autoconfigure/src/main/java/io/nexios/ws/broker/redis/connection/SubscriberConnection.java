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

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * A connection that receives the messages of channels.
 *
 * @author Nexios Team
 */
public interface SubscriberConnection extends RedisConnection {

	/**
	 * Subscribe to channels and write the request at once.
	 * @param channels the channels
	 * @return a stage that completes when Redis has confirmed all of them. Every message
	 * that Redis publishes from then on is delivered. The stage fails like that of
	 * {@link #send}
	 */
	CompletionStage<Void> subscribe(Collection<String> channels);

	/**
	 * Unsubscribe from channels and write the request at once.
	 * @param channels the channels
	 * @return a stage that completes when Redis has confirmed all of them. No message of
	 * these channels is delivered from then on. The stage fails like that of
	 * {@link #send}
	 */
	CompletionStage<Void> unsubscribe(Collection<String> channels);

}
