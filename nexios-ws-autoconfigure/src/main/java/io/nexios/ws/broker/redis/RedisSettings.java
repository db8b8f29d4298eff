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

package io.nexios.ws.broker.redis;

import java.time.Duration;

/**
 * The settings of the work with Redis.
 *
 * @param keyPrefix the start of the names of all keys and channels
 * @param publishTimeout how long a call may wait for Redis
 * @param maxPending the maximum size of messages that Redis has not accepted yet, in
 * bytes
 * @param unsubscribeDelay how long a group without members is kept
 * @param probeInterval after what time without a message the subscriber is probed
 * @param lease how long a node counts as running after it was last heard of
 * @author Nexios Team
 */
public record RedisSettings(String keyPrefix, Duration publishTimeout, long maxPending, Duration unsubscribeDelay,
		Duration probeInterval, Duration lease) {

}
