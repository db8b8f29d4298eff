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
 * One member publishes, a thousand members receive.
 *
 * @author Nexios Team
 */
final class GroupPart implements Part {

	private static final int MEMBERS = 1000;

	private static final int SIZE = 128;

	private static final List<Side> ALL = List.of(Side.NEXIOS_GROUP, Side.RAW_GROUP, Side.STOMP_GROUP, Side.VERTX_GROUP,
			Side.QUARKUS_GROUP);

	@Override
	public void run(Workplace workplace, Report report) {
		Options options = workplace.options();
		List<Side> sides = workplace.available(ALL);
		sides.forEach((side) -> workplace.measure(Load.group(MEMBERS, 8, SIZE, 1, options.choose(5, 2)), side));
		ResultTable table = FigureTable.create("Publishes in flight", "deliveries/s");
		for (int inFlight : options.isQuick() ? new int[] { 8, 32 } : new int[] { 1, 8, 32 }) {
			boolean few = options.isQuick() && inFlight != 8;
			int rounds = (options.isQuick() || inFlight == 1) ? 3 : 5;
			Comparison comparison = new Comparison(String.valueOf(inFlight), few ? sides.subList(0, 2) : sides)
				.run(rounds, workplace, Load.group(MEMBERS, inFlight, SIZE, 1, options.choose(3, 1)));
			addTargets(report, comparison, inFlight);
			FigureTable.addRows(table, comparison, Side.RAW_GROUP);
			report.addComparison("groups", comparison);
		}
		report.addSection("A group of 1,000",
				"""
						One member publishes messages of 128 bytes, and all members get them. Latency is from publishing to delivery.
						""",
				table);
	}

	private void addTargets(Report report, Comparison comparison, int inFlight) {
		String work = "Group of 1,000, %d in flight: ".formatted(inFlight);
		if (inFlight > 1) {
			report.addTarget(Target.atLeast(work + "deliveries/s", (inFlight == 8) ? 4 : 7),
					comparison.ratios(Side.NEXIOS_GROUP, Side.RAW_GROUP, FigureTable.RATE));
		}
		if (inFlight == 32) {
			report.addTarget(Target.atMost(work + "server CPU per delivery", 0.25),
					comparison.ratios(Side.NEXIOS_GROUP, Side.RAW_GROUP, FigureTable.CPU));
		}
		if (inFlight == 8) {
			report
				.addPanel(new Plot.Panel(work + "CPU per delivery, µs", FigureTable.bars(comparison, FigureTable.CPU)));
		}
	}

}
