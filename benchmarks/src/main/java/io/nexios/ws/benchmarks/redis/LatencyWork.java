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

package io.nexios.ws.benchmarks.redis;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Load;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Side;
import io.nexios.ws.benchmarks.Target;

/**
 * The time from publishing on one node to a member on another.
 *
 * @param nodes the nodes
 * @author Nexios Team
 */
record LatencyWork(Nodes nodes) implements RedisWork {

	private static final int RATE = 1000;

	private static final int SIZE = 200;

	@Override
	public void run(RedisPlace place) {
		Load load = Load.group(2, 0, RATE, SIZE, 1, place.options().choose(10, 3));
		// The first messages come before the code is compiled
		NodeSides.BOTH
			.forEach((side) -> NodeSides.measure(place, this.nodes.publisher(), this.nodes.members(), load, side));
		Comparison comparison = place.measure(new Comparison("1,000/s to another node", NodeSides.BOTH),
				place.options().choose(5, 3),
				(side) -> NodeSides.measure(place, this.nodes.publisher(), this.nodes.members(), load, side));
		ResultTable table = new ResultTable("Messages", "p50 µs", "p99 µs", "p99.9 µs");
		for (Side side : comparison.sides()) {
			table.addRow(side.name(), comparison.samples(side, "p50_us"), comparison.samples(side, "p99_us"),
					comparison.samples(side, "p999_us"));
			addTargets(place, comparison, side);
		}
		place.report()
			.addSection("Redis: from one node to another",
					"""
							1,000 messages of 200 bytes per second are published on one node, at fixed times. A member on another node
							gets them.
							""",
					table);
	}

	private static void addTargets(RedisPlace place, Comparison comparison, Side side) {
		String what = "To another node with Redis, 1,000/s, " + side.name() + ": ";
		place.report().addTarget(Target.atMost(what + "p50", 1000).in("µs"), comparison.samples(side, "p50_us"));
		place.report().addTarget(Target.atMost(what + "p99", 10_000).in("µs"), comparison.samples(side, "p99_us"));
	}

}
