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

package io.nexios.ws.broker.redis.publish;

import java.time.Duration;
import java.util.function.Function;

import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.redis.wire.RedisNames;

/**
 * The settings of a {@link Publisher}.
 *
 * @param names the names of keys and channels
 * @param node the id of this node
 * @param timeout the time in which a publication has an outcome. It must be shorter than
 * the lease of the node
 * @param maxPending the maximum number of bytes of all publications without an outcome
 * @param history the limits of the history of a group
 * @author Nexios Team
 */
public record PublishSettings(RedisNames names, String node, Duration timeout, long maxPending,
		Function<String, HistoryLimits> history) {

}
