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

import java.util.List;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Load;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Samples;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.ServerProcess;
import io.nexios.ws.benchmarks.Side;
import io.nexios.ws.benchmarks.Target;

/**
 * The CPU time of a node for a delivery, with Redis and in memory.
 *
 * @param nodes the nodes
 * @author Nexios Team
 */
record DeliveryWork(Nodes nodes) implements RedisWork {

	private static final int MEMBERS = 1000;

	private static final int RATE = 50;

	private static final int SIZE = 200;

	private static final Side REMOTE = new Side("message of another node", Server.NODE, NodeSides.UNSAVED.path());

	private static final Side MEMORY = new Side("in memory", Server.APPLICATION, NodeSides.UNSAVED.path());

	private static final String CPU = "cpu_us";

	@Override
	public void run(RedisPlace place) {
		Load load = Load.group(MEMBERS + 1, 0, RATE, SIZE, 2, place.options().choose(6, 3));
		List<Side> sides = List.of(REMOTE, MEMORY);
		sides.forEach((side) -> measure(place, load, side));
		Comparison comparison = place.measure(new Comparison("group of 1,000", sides), place.options().choose(9, 3),
				(side) -> measure(place, load, side));
		Samples ratios = comparison.ratios(REMOTE, MEMORY, CPU);
		ResultTable table = new ResultTable("Engine", "CPU µs a delivery", "× in memory", "p50 µs", "p99 µs");
		for (Side side : sides) {
			table.addRow(side.name(), comparison.samples(side, CPU), side.equals(REMOTE) ? ratios : "",
					comparison.samples(side, "p50_us"), comparison.samples(side, "p99_us"));
		}
		place.report()
			.addTarget(Target.atMost("CPU for a delivery of another node's message", 1.2).in("× in memory"), ratios);
		place.report()
			.addSection("Redis: deliveries",
					"""
							%d messages of %d bytes per second to a group of 1,000 on one node. They are published on another node, or in
							memory on the same node. CPU is that of the node with the members.
							"""
						.formatted(RATE, SIZE),
					table);
	}

	private Measurement measure(RedisPlace place, Load load, Side side) {
		if (side.equals(REMOTE)) {
			return NodeSides.measure(place, this.nodes.publisher(), this.nodes.members(), load, side);
		}
		ServerProcess server = place.workplace().server(Server.APPLICATION);
		return NodeSides.measure(place, server, server, load, side);
	}

}
