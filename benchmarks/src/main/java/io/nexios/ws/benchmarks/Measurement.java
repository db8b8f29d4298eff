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

package io.nexios.ws.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * Result of one run, as printed by the load generator.
 *
 * @param values numbers by their names
 * @author Nexios Team
 */
public record Measurement(Map<String, Double> values) {

	private static final List<String> SUMMARY = List.of("per_second", "cpu_us", "p50_us", "p99_us", "client_cores",
			"kilobytes", "milliseconds", "writes", "undelivered");

	/**
	 * Parse a line such as {@code work=echo per_second=1000.5 failed=0}. Values that are
	 * not numbers are omitted.
	 * @param line the line
	 * @return the measurement
	 */
	static Measurement parse(String line) {
		Map<String, Double> values = new LinkedHashMap<>();
		for (String pair : line.strip().split("\\s+")) {
			String[] parts = pair.split("=", 2);
			Assert.state(parts.length == 2, () -> "Not a line of key=value pairs: " + line);
			if (parts[1].matches("-?\\d+(\\.\\d+)?")) {
				values.put(parts[0], Double.valueOf(parts[1]));
			}
		}
		return new Measurement(values);
	}

	/**
	 * Return a summary for the console.
	 * @return the most important numbers
	 */
	String summary() {
		return SUMMARY.stream()
			.filter(this.values::containsKey)
			.map((name) -> name + "=" + Samples.format(get(name)))
			.collect(Collectors.joining(" "));
	}

	public double get(String name) {
		Double value = this.values.get(name);
		Assert.state(value != null, () -> "No " + name + " in " + this.values);
		return value;
	}

}
