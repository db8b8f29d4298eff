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
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * A message that a page gets. It is JSON with a type, as in {@link ChatInput}.
 *
 * @author Nexios Team
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ChatEvent {

	/**
	 * Event for the member who has joined. Messages of the room may come before it.
	 * Messages of the history always come before it.
	 *
	 * @param you the member who has joined
	 * @param here all members of the room
	 */
	@JsonTypeName("welcome")
	record Welcome(ChatMember you, List<ChatMember> here) implements ChatEvent {

	}

	/**
	 * A member has joined.
	 *
	 * @param member the member
	 */
	@JsonTypeName("joined")
	record Joined(ChatMember member) implements ChatEvent {

	}

	/**
	 * A member has left.
	 *
	 * @param member the member
	 */
	@JsonTypeName("left")
	record Left(ChatMember member) implements ChatEvent {

	}

	/**
	 * A message for everyone in the room. It is saved for members who join later.
	 *
	 * @param from who wrote it
	 * @param text the text
	 * @param at when it arrived
	 */
	@JsonTypeName("message")
	record Message(ChatMember from, String text, Instant at) implements ChatEvent {

	}

	/**
	 * A private message for one member. Its author also gets it.
	 *
	 * @param from who wrote it
	 * @param to the recipient
	 * @param text the text
	 * @param at when it arrived
	 */
	@JsonTypeName("private")
	record Private(ChatMember from, ChatMember to, String text, Instant at) implements ChatEvent {

	}

	/**
	 * Tells the author of a private message that its recipient has left.
	 *
	 * @param text the text
	 */
	@JsonTypeName("undelivered")
	record Undelivered(String text) implements ChatEvent {

	}

	/**
	 * Tells the author of a message that it was not sent, because the broker of the
	 * groups does not work.
	 *
	 * @param text the text
	 * @param perhaps whether it may have been sent all the same
	 */
	@JsonTypeName("unsent")
	record Unsent(String text, boolean perhaps) implements ChatEvent {

	}

	/**
	 * Another member is writing.
	 *
	 * @param from the member
	 */
	@JsonTypeName("typing")
	record Typing(ChatMember from) implements ChatEvent {

	}

}
