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

package io.nexios.ws.broker.redis.presence;

import java.util.List;

import io.nexios.ws.channel.Present;

/**
 * What Redis is told about one group.
 *
 * @param members the number of members on this node
 * @param reset whether nobody else is listed by this node
 * @param removed the channels that are not listed any more
 * @param listed the members that are listed
 * @author Nexios Team
 */
record PresenceChange(int members, boolean reset, List<String> removed, List<Present> listed) {

}
