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

import io.nexios.ws.broker.HistoryLimits;

/**
 * The settings of groups.
 *
 * @param maxGroupsPerConnection how many groups a connection may be in
 * @param maxBytesPerMember how many bytes may wait for a member that is joining
 * @param maxMessagesPerMember how many messages may wait for a member that is joining
 * @param history the limits of what is kept for members that come back
 * @param closePace how fast all connections are closed
 * @author Nexios Team
 */
public record GroupSettings(int maxGroupsPerConnection, int maxBytesPerMember, int maxMessagesPerMember,
		HistoryLimits history, ClosePace closePace) {

}
