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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link JsonFailure}.
 *
 * @author Nexios Team
 */
class JsonFailureTests {

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"lines\": [{\"price\": 1}, {\"price\": \"much\"}]} | lines[1].price",
					"{\"the-one\": {\"price\": \"much\"}} | the-one.price", "{\"secret\": 1} | *",
					"{\"named\": {\"secret\": {\"price\": \"much\"}}} | named.*.price",
					"{\"lines\": [{\"price\": 1, \"secret\": 1}]} | lines[0].*", "[\"secret\"] | ``",
					"{\"lines\": [ | ``" })
	void pathHasOnlyNamesThatAreDeclared(String json, String path) {
		JacksonException failure = catchThrowableOfType(JacksonException.class,
				() -> this.mapper.readValue(json, Order.class));
		JsonFailure described = new JsonFailure(failure, Order.class);
		assertThat(described.path(this.mapper)).isEqualTo(path.isEmpty() ? described.path(this.mapper) : path)
			.doesNotContain("secret");
		assertThat(described.withoutContent()).hasMessage(described.toString())
			.hasMessageContaining(Order.class.getTypeName())
			.hasMessageContaining(failure.getClass().getSimpleName())
			.hasMessageNotContainingAny("secret", "much");
	}

	record Order(List<Line> lines, Map<String, Line> named, @JsonProperty("the-one") Line one) {
	}

	record Line(int price) {
	}

}
