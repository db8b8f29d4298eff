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

package io.nexios.ws.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counters with the same name that differ in one tag. Each counter is created when it is
 * first needed.
 *
 * @author Nexios Team
 */
final class TaggedCounters {

	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final String name;

	private final String description;

	private final Tags common;

	private final String tag;

	TaggedCounters(MeterRegistry registry, String name, String description, Tags common, String tag) {
		this.registry = registry;
		this.name = name;
		this.description = description;
		this.common = common;
		this.tag = tag;
	}

	/**
	 * Create counters that are there from the start.
	 * @param values the values of the tag
	 * @return these counters
	 */
	TaggedCounters with(String... values) {
		for (String value : values) {
			counter(value);
		}
		return this;
	}

	void increment(String value) {
		counter(value).increment();
	}

	private Counter counter(String value) {
		return this.counters.computeIfAbsent(value, this::create);
	}

	private Counter create(String value) {
		return Counter.builder(this.name)
			.description(this.description)
			.tags(this.common)
			.tag(this.tag, value)
			.register(this.registry);
	}

}
