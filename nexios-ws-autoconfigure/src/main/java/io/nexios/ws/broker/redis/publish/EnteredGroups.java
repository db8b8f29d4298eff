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

package io.nexios.ws.broker.redis.publish;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The groups that were entered in the set of this node's groups. It keeps those that were
 * used last. To enter a group again does no harm.
 *
 * @author Nexios Team
 */
final class EnteredGroups {

	static final int MAX = 100_000;

	private final Map<String, Boolean> groups = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MAX;
		}
	};

	/**
	 * Add a group.
	 * @param group the group
	 * @return whether it has to be entered
	 */
	synchronized boolean add(String group) {
		return this.groups.put(group, true) == null;
	}

	synchronized void remove(String group) {
		this.groups.remove(group);
	}

	synchronized void clear() {
		this.groups.clear();
	}

}
