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

package io.nexios.ws.server.group;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.UUID;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.channel.GroupMessage;
import io.nexios.ws.server.json.JsonCodec;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * A saved message in the form that applications get.
 *
 * @param message the message
 * @param json binds its payload
 * @author Nexios Team
 */
record HistoryMessage(BrokerMessage message, JsonCodec json) implements GroupMessage {

	@Override
	public UUID id() {
		return this.message.publication().id();
	}

	@Override
	public long offset() {
		return this.message.offset();
	}

	@Override
	public Instant created() {
		return this.message.publication().created();
	}

	@Override
	public Object payload() {
		Payload payload = this.message.publication().payload();
		if (payload instanceof Payload.Text text) {
			return text.text();
		}
		return (payload instanceof Payload.Bytes bytes) ? bytes.bytes().clone() : payload(JsonNode.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T payload(Class<T> type) {
		return (T) payload((Type) type);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T payload(ParameterizedTypeReference<T> type) {
		return (T) payload(type.getType());
	}

	private Object payload(Type type) {
		if (this.message.publication().payload() instanceof Payload.Json value) {
			return bind(value, type);
		}
		Object payload = payload();
		if (!ResolvableType.forType(type).toClass().isInstance(payload)) {
			throw new IllegalArgumentException("The payload is a " + payload.getClass().getSimpleName());
		}
		return payload;
	}

	private Object bind(Payload.Json value, Type type) {
		try {
			return this.json.decode(value.json(), type);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The payload is not a " + type.getTypeName(), ex);
		}
	}

}
