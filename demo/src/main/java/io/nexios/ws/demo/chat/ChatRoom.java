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

import java.time.Instant;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.consumer.WebSocketConsumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * One connection to a chat room. Every connection has its own object. The connection
 * leaves the room automatically when it ends.
 *
 * @author Nexios Team
 */
@Component
@WSRoute("/ws/chat/{room}")
class ChatRoom extends WebSocketConsumer<ChatInput> {

	private static final int MAX_NAME_LENGTH = 40;

	private static final Log logger = LogFactory.getLog(ChatRoom.class);

	private final ChannelBox channels;

	private String group = "";

	ChatRoom(ChannelBox channels) {
		this.channels = channels;
	}

	@Override
	protected void onConnect(WebSocket ws) {
		String room = ws.pathParam("room");
		String name = ws.queryParam("name");
		if (name == null || !isName(name) || !isName(room) || room.indexOf(':') >= 0) {
			ws.reject(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
					"Set your name with ?name=. Names and rooms have 1 to 40 characters, and rooms have no colon"));
			return;
		}
		ws.accept();
		this.group = ChatGroups.ofRoom(room);
		channel().metadata().put(ChatMember.NAME, name);
		// A page that comes back sends the last positions that it has received
		JoinOptions options = JoinOptions.create().withPositions();
		joinGroup(this.group, options.withHistory().resumeFrom(ws.queryParam("position")));
		joinGroup(ChatGroups.ofUser(this.group, name), options.resumeFrom(ws.queryParam("own")));
	}

	private static boolean isName(String name) {
		return StringUtils.hasText(name) && name.length() <= MAX_NAME_LENGTH
				&& name.chars().noneMatch(Character::isISOControl);
	}

	@Override
	protected void onReceive(WebSocket ws, ChatInput input) {
		ChatMember me = ChatMember.of(channel());
		if (input instanceof ChatInput.Message message) {
			ChatEvent event = new ChatEvent.Message(me, message.text(), Instant.now());
			sendOrTell(me, message.text(), () -> broadcast(this.group, event, true));
		}
		else if (input instanceof ChatInput.Private message) {
			sendOrTell(me, message.text(), () -> sendPrivately(me, message));
		}
		else if (input instanceof ChatInput.Typing) {
			// Nobody misses a notice that is not sent
			this.channels.groupSendAsync(this.group, new ChatEvent.Typing(me), SendOptions.create().except(me.id()));
		}
	}

	private void sendOrTell(ChatMember me, String text, Runnable send) {
		try {
			send.run();
		}
		catch (GroupsUnavailableException ex) {
			sendTo(me.id(), new ChatEvent.Unsent(text, ex instanceof SendOutcomeUnknownException));
		}
	}

	private void sendPrivately(ChatMember me, ChatInput.Private message) {
		// The page may name any channel of the server, but only channels in the room are
		// valid
		for (Channel channel : group(this.group)) {
			if (channel.id().equals(message.to())) {
				ChatMember to = ChatMember.of(channel);
				ChatEvent event = new ChatEvent.Private(me, to, message.text(), Instant.now());
				broadcast(ChatGroups.ofUser(this.group, to.name()), event, true);
				if (!to.name().equals(me.name())) {
					copyToSender(me, event);
				}
				return;
			}
		}
		sendTo(me.id(), new ChatEvent.Undelivered(message.text()));
	}

	private void copyToSender(ChatMember me, ChatEvent event) {
		try {
			broadcast(ChatGroups.ofUser(this.group, me.name()), event, true);
		}
		catch (GroupsUnavailableException ex) {
			// The recipient has the message, so at least this page shows it
			sendTo(me.id(), event);
		}
	}

	@Override
	protected void onDisconnect(WebSocket ws, int code) {
		logger.debug("%s has left %s with %d".formatted(ChatMember.of(channel()).name(), this.group, code));
	}

}
