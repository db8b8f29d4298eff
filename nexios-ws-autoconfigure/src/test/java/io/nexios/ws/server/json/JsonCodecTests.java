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

package io.nexios.ws.server.json;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages are bound as the application's mapper does it, to a depth of their own.
 *
 * @author Nexios Team
 */
class JsonCodecTests {

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private final JsonCodec codec = new JsonCodec(this.mapper, 3);

	@Test
	void messagesOfTheDepthAreBound() {
		assertThat(this.codec.decode(new WSMessage.Text("[[[]]]"), Object.class)).isNotNull();
	}

	@Test
	void deeperMessagesAreInvalid() {
		assertThatExceptionOfType(WebSocketException.class)
			.isThrownBy(() -> this.codec.decode(new WSMessage.Text("[[[[]]]]"), Object.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1007));
	}

	@Test
	void codecUsesTheOtherSettingsOfTheMapper() {
		assertThat(this.codec.decode(new WSMessage.Text("{'first_name':'a'}"), Person.class))
			.isEqualTo(new Person("a"));
	}

	@Test
	void mapperItselfStaysAsItIs() {
		assertThat(this.mapper.readValue("[[[[]]]]", Object.class)).isNotNull();
		assertThat(this.mapper.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth()).isGreaterThan(3);
	}

	@Test
	void textThatIsNotAMessageMayBeDeeper() {
		assertThat(this.codec.decode("{'a':{'a':{'a':{}}}}", Object.class)).isNotNull();
	}

	record Person(String firstName) {

	}

}
