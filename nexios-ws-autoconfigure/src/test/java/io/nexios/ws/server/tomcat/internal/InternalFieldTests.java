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

package io.nexios.ws.server.tomcat.internal;

import java.lang.reflect.Field;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InternalField}.
 *
 * @author Nexios Team
 */
class InternalFieldTests {

	@Test
	void privateFieldIsAccessible() throws Exception {
		Field field = InternalField.find(Inside.class, "value", String.class);
		assertThat(field).isNotNull();
		assertThat(field.get(new Inside())).isEqualTo("inside");
	}

	@Test
	void fieldOfAnotherTypeIsNotFound() {
		assertThat(InternalField.find(Inside.class, "value", Object.class)).isNull();
	}

	@Test
	void fieldOfAnotherNameIsNotFound() {
		assertThat(InternalField.find(Inside.class, "other", String.class)).isNull();
	}

	@Test
	void fieldThatIsNotOpenIsNotFound() {
		assertThat(InternalField.find(String.class, "hash", int.class)).isNull();
	}

	private static final class Inside {

		private final String value = String.valueOf("inside");

	}

}
