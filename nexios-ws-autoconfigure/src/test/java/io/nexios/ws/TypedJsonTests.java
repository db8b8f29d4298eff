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

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TypedJson}.
 *
 * @author Nexios Team
 */
class TypedJsonTests {

	private static final String EVENT = "{'type':'opened','by':'ada'}".replace('\'', '"');

	private static final Opened OPENED = new Opened("ada");

	private final JsonMapper mapper = JsonMapper.shared();

	@Test
	void elementsHaveTheirTypeIds() {
		expect("[" + EVENT + "]", List.of(OPENED), new ParameterizedTypeReference<List<Event>>() {
		});
		expect("{\"a\":" + EVENT + "}", Map.of("a", OPENED), new ParameterizedTypeReference<Map<String, Event>>() {
		});
		expect(EVENT, Optional.of(OPENED), new ParameterizedTypeReference<Optional<Event>>() {
		});
		expect("{\"items\":[" + EVENT + "]}", new Page<>(List.of(OPENED)),
				new ParameterizedTypeReference<Page<Event>>() {
				});
		expect("[[" + EVENT + "]]", List.of(List.of(OPENED)), new ParameterizedTypeReference<List<List<Event>>>() {
		});
	}

	@Test
	void subclassesOfTheTypeAreWrittenWhole() {
		expect("{\"items\":[" + EVENT + "],\"next\":2}", new NextPage<>(List.of(OPENED), 2),
				new ParameterizedTypeReference<Paged<Event>>() {
				});
	}

	@Test
	void typeThatIsNotGenericChangesNothing() {
		expect(EVENT, OPENED, new ParameterizedTypeReference<Event>() {
		});
	}

	private void expect(String json, Object value, ParameterizedTypeReference<?> type) {
		TypedJson typed = TypedJson.of(value, type);
		assertThat(this.mapper.writeValueAsString(typed)).isEqualTo(json);
		assertThat(this.mapper.writeValueAsString(Map.of("inner", typed))).isEqualTo("{\"inner\":" + json + "}");
	}

	@Test
	void mapperThatWritesTheTypesOfAllValuesWritesThoseOfTheValue() {
		JsonMapper typing = JsonMapper.builder()
			.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
					DefaultTyping.NON_FINAL)
			.build();
		ParameterizedTypeReference<List<Event>> type = new ParameterizedTypeReference<>() {
		};
		List<Event> events = List.of(OPENED);
		assertThat(typing.writeValueAsString(TypedJson.of(events, type)))
			.isEqualTo(typing.writerFor(typing.constructType(type.getType())).writeValueAsString(events));
	}

	@Test
	void valueOfAnotherTypeIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TypedJson.of("text", new ParameterizedTypeReference<List<Event>>() {
			}))
			.withMessage("A java.lang.String is not a java.util.List");
	}

	@Test
	void valueThatCannotBeWrittenIsAFailureOfJackson() {
		TypedJson typed = TypedJson.of(List.of(new Unwritable()), new ParameterizedTypeReference<List<Unwritable>>() {
		});
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.mapper.writeValueAsString(typed));
	}

	@Test
	void wrapperLooksLikeItsValue() {
		assertThat(TypedJson.of(List.of(1), new ParameterizedTypeReference<List<Integer>>() {
		})).hasToString("[1]");
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	sealed interface Event {

	}

	@JsonTypeName("opened")
	record Opened(String by) implements Event {

	}

	record Page<T>(List<T> items) {

	}

	interface Paged<T> {

		List<T> items();

	}

	record NextPage<T>(List<T> items, int next) implements Paged<T> {

	}

	static class Unwritable {

		@JsonProperty
		String name() {
			throw new IllegalStateException("on purpose");
		}

	}

}
