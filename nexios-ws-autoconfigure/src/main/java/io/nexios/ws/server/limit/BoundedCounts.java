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
 * How many are there at a time under each key, never more than the limit. Keeps nothing
 * of keys under which there is nobody.
 *
 * @author Nexios Team
 */
final class BoundedCounts {

	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	private final int limit;

	/**
	 * Create an occupancy.
	 * @param limit how many may be there under one key, 0 for any number, which is not
	 * counted
	 */
	BoundedCounts(int limit) {
		this.limit = limit;
	}

	/**
	 * Enter if there is room.
	 * @param key the key
	 * @return whether there was, so that {@link #leave} has to follow
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
	 * Return how many keys there are.
	 * @return the number of keys under which there is somebody
	 */
	int keys() {
		return this.counts.size();
	}

}
