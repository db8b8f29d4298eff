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

package io.nexios.ws.demo.chat;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the members of a room about each other. A new member gets the list of all
 * members. Then all members are told who joins and who leaves, for whatever reason.
 *
 * @author Nexios Team
 */
@Component
class WhoIsHere {

	private static final Log logger = LogFactory.getLog(WhoIsHere.class);

	/**
	 * No leave event is sent between reading the list of members and sending it.
	 * Otherwise the list would show members who have left.
	 */
	private final Lock lock = new ReentrantLock();

	private final ChannelBox channels;

	WhoIsHere(ChannelBox channels) {
		this.channels = channels;
	}

	@EventListener
	void joined(GroupJoinedEvent event) {
		if (ChatGroups.isRoom(event.group())) {
			ChatMember member = ChatMember.of(event.channel());
			this.lock.lock();
			try {
				List<ChatMember> here = this.channels.channels(event.group()).stream().map(ChatMember::of).toList();
				this.channels.sendTo(member.id(), new ChatEvent.Welcome(member, here));
				tell(event.group(), new ChatEvent.Joined(member), SendOptions.create().except(member.id()));
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	@EventListener
	void left(GroupLeftEvent event) {
		if (ChatGroups.isRoom(event.group())) {
			this.lock.lock();
			try {
				tell(event.group(), new ChatEvent.Left(ChatMember.of(event.channel())), SendOptions.create());
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void tell(String group, ChatEvent event, SendOptions options) {
		try {
			this.channels.groupSend(group, event, options);
		}
		catch (GroupsUnavailableException ex) {
			logger.debug("The room was not told who is here: " + ex.getMessage());
		}
	}

}
