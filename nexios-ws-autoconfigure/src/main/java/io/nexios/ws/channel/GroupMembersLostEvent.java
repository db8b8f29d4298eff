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

import java.util.List;

/**
 * Published when a node has ended without a stop, and a group had members there. They are
 * not part of {@link ChannelBox#presence} any more. One of the other nodes publishes the
 * event, once for each group. No node does, if that one ends at the same moment.
 *
 * @param group the group
 * @param present the members that had joined with {@link JoinOptions#presentAs}, at most
 * 1,000, those that joined first come first. Empty if there were other members only
 * @author Nexios Team
 * @since 0.1.0
 */
public record GroupMembersLostEvent(String group, List<Present> present) {

	public GroupMembersLostEvent {
		present = List.copyOf(present);
	}

}
