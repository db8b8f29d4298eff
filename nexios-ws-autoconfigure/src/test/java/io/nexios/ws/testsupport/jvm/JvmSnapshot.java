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

package io.nexios.ws.testsupport.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All {@link SharedState} at a moment.
 *
 * @author Nexios Team
 */
final class JvmSnapshot {

	private final Map<SharedState, Set<?>> items = new LinkedHashMap<>();

	private JvmSnapshot(List<SharedState> states) {
		states.forEach((state) -> this.items.put(state, state.items()));
	}

	static JvmSnapshot of(List<SharedState> states) {
		return new JvmSnapshot(states);
	}

	/**
	 * Return what has changed since then.
	 * @return descriptions of what is there in addition, and of what is missing
	 */
	List<String> changes() {
		List<String> changes = new ArrayList<>();
		this.items.forEach((state, before) -> addChanges(changes, state, before, state.items()));
		return changes;
	}

	private static void addChanges(List<String> changes, SharedState state, Set<?> before, Set<?> now) {
		now.stream()
			.filter((item) -> !before.contains(item))
			.forEach((item) -> changes.add("+ " + state.describe(item)));
		if (!state.mayShrink()) {
			before.stream().filter((item) -> !now.contains(item)).forEach((item) -> changes.add("- " + item));
		}
	}

}
