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

package io.nexios.ws.server.handler;

import java.lang.reflect.Type;

import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.consumer.WebSocketConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.type.TypeFactory;

import org.springframework.core.ResolvableType;

/**
 * The type of messages that the type variable of a consumer declares.
 *
 * @param payloadType the encoding of the messages
 * @param type the type to which they are decoded
 * @author Nexios Team
 */
record MessageType(PayloadType payloadType, Type type) {

	private static final TypeFactory types = TypeFactory.createDefaultInstance();

	static MessageType of(Class<?> consumerClass) {
		ResolvableType type = ResolvableType.forClass(WebSocketConsumer.class, consumerClass).getGeneric();
		if (type.resolve() == String.class) {
			return new MessageType(PayloadType.TEXT, String.class);
		}
		if (type.resolve() == byte[].class) {
			return new MessageType(PayloadType.BYTES, byte[].class);
		}
		return new MessageType(PayloadType.JSON, (type.resolve() != null) ? jsonType(consumerClass) : JsonNode.class);
	}

	// Not Spring's type: it may still be a type variable of an intermediate class, and
	// JSON cannot be bound to that
	private static Type jsonType(Class<?> consumerClass) {
		return types.constructType(consumerClass).findTypeParameters(WebSocketConsumer.class)[0];
	}

}
