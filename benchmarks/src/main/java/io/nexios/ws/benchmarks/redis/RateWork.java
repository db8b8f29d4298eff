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

import java.util.Map;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Load;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Side;

/**
 * How many messages per second a node can publish.
 *
 * @param nodes the nodes
 * @author Nexios Team
 */
record RateWork(Nodes nodes) implements RedisWork {

	private static final int SIZE = 200;

	private static final double MAX_P99 = 50_000;

	private static final int FIRST_RATE = 2000;

	private static final int LAST_RATE = 200_000;

	private static final double STEP = 1.4;

	// The machine may be busy for a moment
	private static final int TRIES = 2;

	private static final int WARM_UP_RATE = 5000;

	private static final String RATE = "per_second";

	private static final Measurement NONE = new Measurement(Map.of(RATE, 0.0, "p99_us", 0.0));

	@Override
	public void run(RedisPlace place) {
		NodeSides.BOTH.forEach((side) -> measure(place, side, WARM_UP_RATE));
		Comparison comparison = place.measure(new Comparison("highest rate", NodeSides.BOTH),
				place.options().choose(3, 1), (side) -> highestRate(place, side));
		ResultTable table = new ResultTable("Messages", "publishes/s", "p99 µs there");
		comparison.sides()
			.forEach((side) -> table.addRow(side.name(), comparison.samples(side, RATE),
					comparison.samples(side, "p99_us")));
		place.report()
			.addSection("Redis: publishes of one node",
					"""
							The rate at which one connection publishes messages of 200 bytes on one node rises by 40 %% each time, until
							the p99 of a member on another node is above %d ms %d times in a row. The highest rate before that.
							"""
						.formatted((int) MAX_P99 / 1000, TRIES),
					table);
	}

	private Measurement highestRate(RedisPlace place, Side side) {
		Measurement best = NONE;
		double rate = FIRST_RATE;
		for (int failures = 0; failures < TRIES && rate <= LAST_RATE;) {
			Measurement measurement = measure(place, side, (int) rate);
			if (measurement.get("p99_us") <= MAX_P99 && measurement.get("undelivered") == 0) {
				best = measurement;
				rate *= STEP;
				failures = 0;
			}
			else {
				failures++;
			}
		}
		return best;
	}

	private Measurement measure(RedisPlace place, Side side, int rate) {
		Load load = Load.group(2, 0, rate, SIZE, 1, place.options().choose(4, 2));
		return NodeSides.measure(place, this.nodes.publisher(), this.nodes.members(), load, side);
	}

}
