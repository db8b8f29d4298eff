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

package io.nexios.ws.broker.redis.wire;

/**
 * The keys and the channel of one group. All of them contain the same tag in braces.
 *
 * @param meta the hash with the epoch, the last offset and the last id
 * @param stream the stream of saved messages
 * @param interest the hash of the nodes that ask for the group
 * @param presence the hash of the channels that want to be listed
 * @param channel the channel
 * @author Nexios Team
 */
public record GroupKeys(String meta, String stream, String interest, String presence, String channel) {

}
