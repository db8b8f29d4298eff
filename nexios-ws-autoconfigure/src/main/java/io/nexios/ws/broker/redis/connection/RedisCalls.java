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

import org.jspecify.annotations.Nullable;

/**
 * Makes requests on the connection that there is at this moment. No method waits.
 *
 * @author Nexios Team
 */
@FunctionalInterface
public interface RedisCalls {

	/**
	 * Send a request at once.
	 * @param request the request
	 * @return a stage that completes as described at {@link RedisConnection#send}. It
	 * fails with a {@link ConnectionLostException} if there is no connection
	 */
	CompletionStage<@Nullable Object> call(RedisRequest request);

}
