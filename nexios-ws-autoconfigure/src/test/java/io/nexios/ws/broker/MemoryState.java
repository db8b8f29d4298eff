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

package io.nexios.ws.broker;

import java.util.Map;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link MemoryGroupBroker} keeps in memory.
 *
 * @author Nexios Team
 */
final class MemoryState {

	private MemoryState() {
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> lanes(MemoryGroupBroker broker) {
		Object lanes = field(broker, "lanes");
		return (Map<String, Object>) field(lanes, "lanes");
	}

	static int retained(MemoryGroupBroker broker) {
		return ((RetainedPositions) field(broker, "retained")).size();
	}

	static long savedBytes(MemoryGroupBroker broker) {
		return ((BoundedHistories) field(broker, "histories")).bytes();
	}

	private static Object field(Object target, String name) {
		Object value = ReflectionTestUtils.getField(target, name);
		assertThat(value).isNotNull();
		return value;
	}

}
