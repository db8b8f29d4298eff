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

import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.cluster.WriterLog.Outcome;

/**
 * Sends messages to rooms, and tells the outcomes.
 *
 * @param channels the groups of a node
 * @author Nexios Team
 */
record RoomSender(ChannelBox channels) {

	Outcome send(String room, String text) {
		try {
			this.channels.groupSend(room, text, SendOptions.create().saveHistory());
			return Outcome.ACCEPTED;
		}
		catch (SendOutcomeUnknownException ex) {
			return Outcome.UNKNOWN;
		}
		catch (GroupsUnavailableException ex) {
			return Outcome.NOT_SENT;
		}
	}

}
