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

package io.nexios.ws.broker.redis.feed;

import java.time.Duration;

import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.redis.lane.LaneLog;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.TimeSource;

/**
 * What all lanes have in common.
 *
 * @param requests the requests to Redis
 * @param subscriber receives messages and losses
 * @param observer is told what happens
 * @param time the time
 * @param log has what fails
 * @param unsubscribeDelay how long a group without a subscription is kept
 * @param timeout how long a subscription may wait before it is sent
 * @author Nexios Team
 */
public record SubscriptionParts(GroupRequests requests, Subscriber subscriber, RedisObserver observer, TimeSource time,
		LaneLog log, Duration unsubscribeDelay, Duration timeout) {

}
