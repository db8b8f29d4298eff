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

package io.nexios.ws.server.group.delivery;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * Something that is delivered to the members of a group, in its order.
 *
 * @author Nexios Team
 */
interface GroupItem {

	/**
	 * Return the position that a member has reached with this item.
	 * @return the position of the last saved message
	 */
	Position reached();

	/**
	 * Return whether messages are missing before this item.
	 * @return whether this is a loss
	 */
	boolean isLoss();

	/**
	 * Return the frame for a member.
	 * @param channel the member's channel
	 * @param positions whether the member has positions
	 * @return the frame, or {@code null} if the member does not get this item
	 */
	@Nullable OutboundFrame frame(Channel channel, boolean positions);

	/**
	 * Return the frame that tells a member with positions that this item was dropped.
	 * @return the frame
	 */
	OutboundFrame droppedFrame();

}
