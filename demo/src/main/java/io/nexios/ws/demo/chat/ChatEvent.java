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
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What a page gets: JSON with a type, as in {@link ChatInput}.
 *
 * @author Nexios Team
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ChatEvent {

	/**
	 * For the one who has joined. Messages of the room may come before it: those that are
	 * kept do.
	 *
	 * @param you the one who has joined
	 * @param here everyone in the room
	 */
	@JsonTypeName("welcome")
	record Welcome(ChatMember you, List<ChatMember> here) implements ChatEvent {

	}

	/**
	 * Somebody has joined.
	 *
	 * @param member who
	 */
	@JsonTypeName("joined")
	record Joined(ChatMember member) implements ChatEvent {

	}

	/**
	 * Somebody has left.
	 *
	 * @param member who
	 */
	@JsonTypeName("left")
	record Left(ChatMember member) implements ChatEvent {

	}

	/**
	 * For everyone in the room, and kept for those who join later.
	 *
	 * @param id by which a page that reconnects knows what it has
	 * @param from who wrote it
	 * @param text the text
	 * @param at when it arrived
	 */
	@JsonTypeName("message")
	record Message(UUID id, ChatMember from, String text, Instant at) implements ChatEvent {

	}

	/**
	 * For one member, and for the one who wrote it.
	 *
	 * @param from who wrote it
	 * @param to for whom
	 * @param text the text
	 * @param at when it arrived
	 */
	@JsonTypeName("private")
	record Private(ChatMember from, ChatMember to, String text, Instant at) implements ChatEvent {

	}

	/**
	 * A private message had nobody to go to, for the one who wrote it.
	 *
	 * @param text the text
	 */
	@JsonTypeName("undelivered")
	record Undelivered(String text) implements ChatEvent {

	}

	/**
	 * Somebody else is writing.
	 *
	 * @param from who
	 */
	@JsonTypeName("typing")
	record Typing(ChatMember from) implements ChatEvent {

	}

}
