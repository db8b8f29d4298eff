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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Load;
import io.nexios.ws.benchmarks.LoadGenerator.IdleConnections;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.Poll;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.ServerProcess;
import io.nexios.ws.benchmarks.Side;

import org.springframework.util.Assert;

/**
 * The heap of a node for each group that has a member there. Every measurement has a
 * separate process.
 *
 * @author Nexios Team
 */
final class GroupHeapWork implements RedisWork {

	private static final int GROUPS = 10_000;

	private static final int WARM_UP = 100;

	private static final int HOLD_SECONDS = 300;

	private static final long SETTLING_MILLISECONDS = 3000;

	private static final Duration WAITING_TIME = Duration.ofSeconds(120);

	private static final String LIMIT = "--nexios.ws.limits.groups-per-connection=" + (GROUPS + 1);

	private static final String ALL_GROUPS = "/nexios/groups/" + GROUPS;

	private static final Side REDIS = new Side("with Redis", Server.NODE, ALL_GROUPS);

	private static final Side MEMORY = new Side("in memory", Server.APPLICATION, ALL_GROUPS);

	private static final String KILOBYTES = "kilobytes";

	@Override
	public void run(RedisPlace place) {
		Comparison comparison = place.measure(new Comparison("10,000 groups", List.of(REDIS, MEMORY)),
				place.options().choose(3, 1), (side) -> measure(place, side));
		ResultTable table = new ResultTable("Engine", "KB a group");
		comparison.sides().forEach((side) -> table.addRow(side.name(), comparison.samples(side, KILOBYTES)));
		place.report()
			.addSection("Redis: heap for a group",
					"""
							Growth of the used heap of a node for each of %,d groups with the same member, after a garbage collection.
							"""
						.formatted(GROUPS),
					table);
	}

	private static Measurement measure(RedisPlace place, Side side) {
		// The channels of nodes that were closed
		await(() -> place.engines().usage().channels() < WARM_UP);
		try (ServerProcess server = start(place, side)) {
			join(place, server, side, "/nexios/groups/" + WARM_UP, WARM_UP);
			server.settle();
			long before = server.usedHeap();
			double grown = join(place, server, side, side.path(), GROUPS) - before;
			return new Measurement(Map.of(KILOBYTES, grown / 1024 / GROUPS));
		}
	}

	private static ServerProcess start(RedisPlace place, Side side) {
		return side.equals(REDIS) ? Nodes.startOne(place.options(), place.redis(), LIMIT)
				: ServerProcess.start(Server.APPLICATION, place.options(), LIMIT);
	}

	private static long join(RedisPlace place, ServerProcess server, Side side, String path, int groups) {
		try (IdleConnections idle = place.workplace()
			.generator()
			.open(Load.idle(1, HOLD_SECONDS), server, new Side(side.name(), side.server(), path))) {
			if (side.equals(REDIS)) {
				await(() -> place.engines().usage().channels() >= groups);
			}
			Poll.pause(SETTLING_MILLISECONDS);
			return server.usedHeap();
		}
	}

	private static void await(BooleanSupplier condition) {
		Assert.state(Poll.until(WAITING_TIME, condition), "The groups were not joined or left in time");
	}

}
