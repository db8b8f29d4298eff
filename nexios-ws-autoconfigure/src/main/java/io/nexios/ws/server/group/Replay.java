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

package io.nexios.ws.server.group;

import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.server.group.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What a new member gets before the items of its backlog.
 *
 * @param recovery whether the member goes on where its client was
 * @param from the position from which the messages go on, or {@code null} if it is not
 * known
 * @param messages the messages
 * @param skipped how many entries of the backlog the client has already
 * @author Nexios Team
 */
record Replay(Recovery recovery, @Nullable Position from, List<Delivery> messages, int skipped) {

}
