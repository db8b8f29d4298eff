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
 * The members of a group at one moment.
 *
 * @param channels the number of members
 * @param nodes the number of nodes that have members
 * @param present the members that joined with {@link JoinOptions#presentAs(Object)}, at
 * most 1,000, those that joined first come first
 * @param complete whether {@code channels} counts all nodes, and {@code present} lists
 * all such members
 * @author Nexios Team
 * @since 0.1.0
 */
public record GroupPresence(long channels, int nodes, List<Present> present, boolean complete) {

	/**
	 * The presence of a group without members.
	 */
	public static final GroupPresence NONE = new GroupPresence(0, 0, List.of(), true);

	public GroupPresence {
		present = List.copyOf(present);
	}

}
