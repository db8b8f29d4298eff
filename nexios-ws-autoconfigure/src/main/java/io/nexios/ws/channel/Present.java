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

package io.nexios.ws.channel;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A member of a group that wants to be listed.
 *
 * @param channelId the channel
 * @param user the name of the connection's user, or {@code null} if it has none
 * @param info what the member has said about itself, at most 1 KB of JSON
 * @param since when the member joined
 * @author Nexios Team
 * @since 0.1.0
 * @see JoinOptions#presentAs(Object)
 */
public record Present(String channelId, @Nullable String user, JsonNode info, Instant since) {

}
