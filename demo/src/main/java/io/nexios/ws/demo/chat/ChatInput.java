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

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

import org.springframework.util.Assert;

/**
 * A message that a page sends, such as <code>{"type": "message", "text": "Hello"}</code>.
 * It does not have an author, because the server knows the author from the connection.
 *
 * @author Nexios Team
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ChatInput {

	/**
	 * A message for everyone in the room.
	 *
	 * @param text the text
	 */
	@JsonTypeName("message")
	record Message(String text) implements ChatInput {

		public Message {
			Assert.hasText(text, "'text' must not be empty");
		}

	}

	/**
	 * A message for one member of the room.
	 *
	 * @param to the member's id
	 * @param text the text
	 */
	@JsonTypeName("private")
	record Private(String to, String text) implements ChatInput {

		public Private {
			Assert.hasText(to, "'to' must not be empty");
			Assert.hasText(text, "'text' must not be empty");
		}

	}

	/**
	 * The page's user is writing a message.
	 */
	@JsonTypeName("typing")
	record Typing() implements ChatInput {

	}

}
