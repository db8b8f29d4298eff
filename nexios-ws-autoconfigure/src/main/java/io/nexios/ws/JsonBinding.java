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

package io.nexios.ws;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON, and binds messages to types.
 *
 * @author Nexios Team
 * @since 0.1.0
 * @see WebSocket#json()
 */
public interface JsonBinding {

	/**
	 * Write a value as JSON for a text message.
	 * @param value the value
	 * @return the JSON
	 * @throws tools.jackson.core.JacksonException if it cannot be written
	 */
	String encode(@Nullable Object value);

	/**
	 * Write a value as JSON for a binary message.
	 * @param value the value
	 * @return the JSON in UTF-8
	 * @throws tools.jackson.core.JacksonException if it cannot be written
	 */
	byte[] encodeBytes(@Nullable Object value);

	/**
	 * Bind a message.
	 * @param message a text message, or a binary message that holds UTF-8
	 * @param type the type to bind to
	 * @return the value
	 * @throws WebSocketException with 1007 if the message is not JSON or not of the type
	 * @throws WebSocketDisconnect if the message is a {@link WSMessage.Disconnect}
	 */
	Object decode(WSMessage message, Type type);

}
