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

package io.nexios.ws.server.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts entries under each key, up to a limit. A key without entries takes no memory.
 *
 * @author Nexios Team
 */
final class BoundedCounts {

	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	private final int limit;

	/**
	 * Create the counts.
	 * @param limit the maximum number of entries under one key. With 0 there is no limit,
	 * and nothing is counted
	 */
	BoundedCounts(int limit) {
		this.limit = limit;
	}

	/**
	 * Enter if the limit is not reached.
	 * @param key the key
	 * @return whether the entry was made, so that {@link #leave} has to follow
	 */
	boolean enter(String key) {
		if (this.limit == 0) {
			return true;
		}
		boolean[] entered = new boolean[1];
		this.counts.compute(key, (same, count) -> {
			int current = (count != null) ? count : 0;
			entered[0] = current < this.limit;
			return Math.min(current + 1, this.limit);
		});
		return entered[0];
	}

	void leave(String key) {
		this.counts.computeIfPresent(key, (same, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Return the number of keys that have entries.
	 * @return the number of keys
	 */
	int keys() {
		return this.counts.size();
	}

}
