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

package io.nexios.ws.cluster;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a writer has been told about its messages, which are numbered.
 *
 * @author Nexios Team
 */
final class WriterLog {

	private final Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();

	private final String name;

	WriterLog(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	void put(int number, Outcome outcome) {
		this.outcomes.put(number, outcome);
	}

	int size() {
		return this.outcomes.size();
	}

	SortedSet<Integer> with(Outcome outcome) {
		SortedSet<Integer> numbers = new TreeSet<>();
		this.outcomes.forEach((number, found) -> {
			if (found == outcome) {
				numbers.add(number);
			}
		});
		return numbers;
	}

	/**
	 * What is known of a message.
	 */
	enum Outcome {

		/** Every page gets it. */
		ACCEPTED,

		/** No page gets it. */
		NOT_SENT,

		/** All pages get it, or none does. */
		UNKNOWN

	}

}
