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

import java.util.List;

/**
 * A line of JMH's results.
 *
 * @param benchmark the name without its package
 * @param score the score
 * @param error half of its confidence interval
 * @author Nexios Team
 */
record JmhScore(String benchmark, double score, double error) {

	private static final int COLUMNS = 7;

	/**
	 * Parse JMH's CSV.
	 * @param csv the CSV, possibly with other lines around it
	 * @return the scores
	 */
	static List<JmhScore> parse(String csv) {
		return csv.lines()
			.filter((line) -> line.startsWith("\"io.nexios"))
			.map((line) -> line.replace("\"", "").split(","))
			.filter((columns) -> columns.length >= COLUMNS)
			.map((columns) -> new JmhScore(simpleName(columns[0]), Double.parseDouble(columns[4]),
					Double.parseDouble(columns[5])))
			.toList();
	}

	private static String simpleName(String benchmark) {
		return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
	}

}
