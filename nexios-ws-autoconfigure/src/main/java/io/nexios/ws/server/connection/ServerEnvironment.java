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

package io.nexios.ws.server.connection;

import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.RateLimiters;

/**
 * The objects that all connections share.
 *
 * @param settings the limits
 * @param threads the threads
 * @param json converts messages
 * @param events publishes events
 * @param channelBox the groups
 * @param observer records measurements
 * @param rateLimiters create rate limiters
 * @param ids creates ids
 * @param throttle limits the lines about the same failure of many connections
 * @author Nexios Team
 */
public record ServerEnvironment(ServerSettings settings, ServerThreads threads, JsonCodec json, EventSink events,
		ChannelBox channelBox, ServerObserver observer, RateLimiters rateLimiters, ConnectionIds ids,
		LogThrottle<String> throttle) {

}
