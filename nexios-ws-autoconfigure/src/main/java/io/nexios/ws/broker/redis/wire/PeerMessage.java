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

import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;

/**
 * A message from one node to another.
 *
 * @author Nexios Team
 */
public sealed interface PeerMessage {

	/**
	 * Return the number that the sender of the request has given it. An answer has the
	 * number of its request.
	 * @return the number
	 */
	long request();

	/**
	 * Return the node that has sent this message.
	 * @return the id of the node
	 */
	String sender();

	/**
	 * A payload for one channel. The node answers it.
	 *
	 * @param request the number of the request
	 * @param sender the node that has sent this message
	 * @param channelId the channel
	 * @param payload the payload
	 */
	record Direct(long request, String sender, String channelId, Payload payload) implements PeerMessage {

	}

	/**
	 * A command. Each node answers it.
	 *
	 * @param request the number of the request
	 * @param sender the node that has sent this message
	 * @param command the command
	 */
	record Command(long request, String sender, NodeCommand command) implements PeerMessage {

	}

	/**
	 * An answer.
	 *
	 * @param request the number of the request
	 * @param sender the node that has sent this message
	 * @param accepted whether the node has done what was requested
	 */
	record Answer(long request, String sender, boolean accepted) implements PeerMessage {

	}

}
