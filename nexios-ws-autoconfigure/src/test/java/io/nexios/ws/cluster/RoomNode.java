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

package io.nexios.ws.cluster;

import io.nexios.ws.cluster.WriterLog.Outcome;

/**
 * A node of a cluster.
 *
 * @author Nexios Team
 */
interface RoomNode extends AutoCloseable {

	int port();

	/**
	 * Return whether its groups work.
	 * @return whether the broker is up
	 */
	boolean isUp();

	/**
	 * Send a message to a room on this node.
	 * @param room the room
	 * @param text the message
	 * @return what is known of the message
	 */
	Outcome send(String room, String text);

	@Override
	void close();

}
