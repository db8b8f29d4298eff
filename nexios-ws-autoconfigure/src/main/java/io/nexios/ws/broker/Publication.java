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

package io.nexios.ws.broker;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message to publish.
 *
 * @param group the group
 * @param id the id of the message
 * @param created when it was sent
 * @param payload the content
 * @param except the channel that does not get the message, or {@code null}
 * @param saved whether the message is saved in the history
 * @author Nexios Team
 * @since 0.1.0
 */
public record Publication(String group, UUID id, Instant created, Payload payload, @Nullable String except,
		boolean saved) {

}
