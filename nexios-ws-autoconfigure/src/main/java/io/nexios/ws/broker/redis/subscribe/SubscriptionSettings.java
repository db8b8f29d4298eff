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

package io.nexios.ws.broker.redis.subscribe;

import java.time.Duration;

/**
 * The settings of subscriptions.
 *
 * @param node the id of this node
 * @param lanes how many groups can be worked on at the same time
 * @param unsubscribeDelay how long a group without a subscription is kept
 * @param probeInterval after what time without a message the connection is probed
 * @param timeout how long callers wait for a subscription
 * @param metaTtl how long the position of a group is kept after it was last used
 * @author Nexios Team
 */
public record SubscriptionSettings(String node, int lanes, Duration unsubscribeDelay, Duration probeInterval,
		Duration timeout, Duration metaTtl) {

}
