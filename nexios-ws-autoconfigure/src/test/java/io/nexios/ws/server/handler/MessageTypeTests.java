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

import java.util.List;
import java.util.Map;

import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.consumer.WebSocketConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageType}, which is derived from the class of a consumer.
 *
 * @author Nexios Team
 */
class MessageTypeTests {

	@Test
	void stringsAreTextsAndArraysAreBytes() {
		assertThat(MessageType.of(Texts.class)).isEqualTo(new MessageType(PayloadType.TEXT, String.class));
		assertThat(MessageType.of(IndirectTexts.class)).isEqualTo(new MessageType(PayloadType.TEXT, String.class));
		assertThat(MessageType.of(Bytes.class)).isEqualTo(new MessageType(PayloadType.BYTES, byte[].class));
	}

	@ParameterizedTest
	@ValueSource(classes = { Direct.class, Indirect.class, MoreIndirect.class })
	void typeIsFoundAlsoThroughClassesInBetween(Class<?> consumerClass) {
		MessageType type = MessageType.of(consumerClass);
		assertThat(type.payloadType()).isEqualTo(PayloadType.JSON);
		assertThat(JsonMapper.shared().constructType(type.type()).getRawClass()).isEqualTo(Integer.class);
	}

	@Test
	void typeMayHaveVariablesOfItsOwn() {
		JavaType type = JsonMapper.shared().constructType(MessageType.of(Lists.class).type());
		assertThat(type.getRawClass()).isEqualTo(List.class);
		assertThat(type.getContentType().getRawClass()).isEqualTo(Map.class);
		assertThat(type.getContentType().getContentType().getRawClass()).isEqualTo(Integer.class);
	}

	@Test
	void consumerWithoutATypeGetsJsonNodes() {
		assertThat(MessageType.of(Raw.class)).isEqualTo(new MessageType(PayloadType.JSON, JsonNode.class));
	}

	static class Texts extends WebSocketConsumer<String> {

	}

	static class IndirectTexts extends Base<String> {

	}

	static class Bytes extends WebSocketConsumer<byte[]> {

	}

	static class Direct extends WebSocketConsumer<Integer> {

	}

	static class Base<T> extends WebSocketConsumer<T> {

	}

	static class Indirect extends Base<Integer> {

	}

	static class Between<A, B> extends Base<B> {

	}

	static class MoreIndirect extends Between<String, Integer> {

	}

	static class ListBase<T> extends WebSocketConsumer<List<T>> {

	}

	static class Lists extends ListBase<Map<String, Integer>> {

	}

	@SuppressWarnings("rawtypes")
	static class Raw extends WebSocketConsumer {

	}

}
