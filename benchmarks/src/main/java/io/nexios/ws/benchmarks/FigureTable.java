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
 * The table of most parts. It has throughput, CPU and latency of every side, with the
 * ratios to one side.
 *
 * @author Nexios Team
 */
final class FigureTable {

	static final String RATE = "per_second";

	static final String CPU = "cpu_us";

	private FigureTable() {
	}

	static ResultTable create(String work, String rate) {
		return new ResultTable(work, "Side", rate, "× raw", "CPU µs each", "× raw", "p50 µs", "p99 µs", "p99.9 µs");
	}

	static void addRows(ResultTable table, Comparison comparison, Side reference) {
		for (Side side : comparison.sides()) {
			boolean comparable = comparison.has(reference) && !side.equals(reference);
			table.addRow(comparison.name(), side.name(), comparison.samples(side, RATE),
					comparable ? comparison.ratios(side, reference, RATE) : "", comparison.samples(side, CPU),
					comparable ? comparison.ratios(side, reference, CPU) : "", comparison.samples(side, "p50_us"),
					comparison.samples(side, "p99_us"), comparison.samples(side, "p999_us"));
		}
	}

	static List<Plot.Bar> bars(Comparison comparison, String figure) {
		return comparison.sides()
			.stream()
			.map((side) -> new Plot.Bar(side.name(), comparison.samples(side, figure), side.isOurs()))
			.toList();
	}

}
