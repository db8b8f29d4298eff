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

/**
 * The effect on other members when one member in a hundred stops reading.
 *
 * @author Nexios Team
 */
final class StalledPart implements Part {

	private static final int MEMBERS = 1000;

	private static final int STALLED = 10;

	private static final int RATE = 25;

	private static final int SIZE = 2048;

	@Override
	public void run(Workplace workplace, Report report) {
		boolean quick = workplace.options().isQuick();
		List<Side> sides = quick ? List.of(Side.NEXIOS_GROUP) : List.of(Side.NEXIOS_GROUP, Side.RAW_GROUP);
		sides.forEach((side) -> workplace.measure(Load.group(MEMBERS, 8, SIZE, 1, 2), side));
		Map<Integer, Comparison> comparisons = new LinkedHashMap<>();
		comparisons.put(0, new Comparison("none stalled", sides));
		comparisons.put(STALLED, new Comparison("10 stalled", sides));
		for (int round = 0; round < (quick ? 1 : 3); round++) {
			comparisons.forEach((stalled, comparison) -> comparison.run(1, workplace, load(workplace, stalled)));
		}
		addResults(report, comparisons.get(0), comparisons.get(STALLED));
	}

	private Load load(Workplace workplace, int stalled) {
		return Load.group(MEMBERS, stalled, RATE, SIZE, 4, workplace.options().choose(8, 5));
	}

	private void addResults(Report report, Comparison without, Comparison with) {
		ResultTable table = new ResultTable("Members", "Side", "p50 µs", "p99 µs", "p99.9 µs", "never delivered",
				"p99 × without");
		List.of(without, with).forEach((comparison) -> {
			addRows(table, comparison, without);
			report.addComparison("stalled", comparison);
		});
		report.addTarget(Target.atMost("p99 of 990 readers with 10 stalled", 1.2).in("× without them"),
				Comparison.ratios(with, without, Side.NEXIOS_GROUP, "p99_us"));
		report.addSection("Stalled readers",
				"""
						A group has 1,000 members and gets 25 messages of 2 KB per second at fixed times. Some members never read.
						The latency is that of the other members. A message that never came counts with its age at the end.
						""",
				table);
	}

	private void addRows(ResultTable table, Comparison comparison, Comparison without) {
		for (Side side : comparison.sides()) {
			table.addRow(comparison.name(), side.name(), comparison.samples(side, "p50_us"),
					comparison.samples(side, "p99_us"), comparison.samples(side, "p999_us"),
					comparison.samples(side, "undelivered"),
					(comparison != without) ? Comparison.ratios(comparison, without, side, "p99_us") : "");
		}
	}

}
