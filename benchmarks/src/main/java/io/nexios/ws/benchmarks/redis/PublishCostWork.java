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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Samples;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.Side;
import io.nexios.ws.benchmarks.Target;
import io.nexios.ws.broker.redis.RedisGroupBroker;

/**
 * The CPU time of Redis for a publication. It is compared with that for the three
 * commands that number, save and publish a message.
 *
 * @author Nexios Team
 */
final class PublishCostWork implements RedisWork {

	private static final int IN_FLIGHT = 256;

	private static final int WARM_UP = 2000;

	private static final String CPU = "cpu_us";

	private static final String READS = "reads";

	private static final Side UNSAVED = new Side("not saved", Server.NODE, "");

	private static final Side SAVED = new Side("saved", Server.NODE, "");

	private static final Side COMMANDS = new Side("HINCRBY, XADD, PUBLISH", Server.NODE, "");

	@Override
	public void run(RedisPlace place) {
		ResultTable table = new ResultTable("Nodes that ask", "Messages", "Redis CPU µs each", "× the commands",
				"reads of Redis each");
		for (int nodes : new int[] { 1, 3 }) {
			Comparison comparison = measure(place, nodes);
			Samples ratios = comparison.ratios(SAVED, COMMANDS, CPU);
			for (Side side : comparison.sides()) {
				table.addRow(nodes, side.name(), comparison.samples(side, CPU),
						side.equals(COMMANDS) ? "" : comparison.ratios(side, COMMANDS, CPU),
						comparison.samples(side, READS));
			}
			place.report()
				.addTarget(Target.atMost("Redis CPU for a saved message, nodes that ask: " + nodes, 1.5)
					.in("× HINCRBY, XADD, PUBLISH"), ratios);
		}
		place.report()
			.addSection("Redis: CPU of Redis",
					"""
							One thread publishes messages of 200 bytes, with %d of them in flight. The commands use the same client and
							are written in the same way. Each node that asks is a subscriber of its own connection.
							"""
						.formatted(IN_FLIGHT),
					table);
	}

	private static Comparison measure(RedisPlace place, int nodes) {
		Engines engines = place.engines();
		try (RedisGroupBroker publisher = engines.start();
				RawPublisher commands = RawPublisher.connect(engines, nodes)) {
			List<RedisGroupBroker> asking = new ArrayList<>();
			try {
				for (int i = 0; i < nodes; i++) {
					asking.add(engines.start());
					Engines.await(asking.get(i).subscribe(Publications.GROUP));
				}
				Map<Side, Supplier<CompletionStage<?>>> ways = Map.of(UNSAVED,
						() -> publisher.publish(Publications.create(false)), SAVED,
						() -> publisher.publish(Publications.create(true)), COMMANDS, commands::publish);
				return place.measure(new Comparison("CPU of Redis, " + nodes, List.of(UNSAVED, SAVED, COMMANDS)),
						place.options().choose(7, 3), (side) -> measure(engines, Objects.requireNonNull(ways.get(side)),
								place.options().choose(50_000, 15_000)));
			}
			finally {
				asking.forEach(RedisGroupBroker::close);
			}
		}
	}

	private static Measurement measure(Engines engines, Supplier<CompletionStage<?>> way, int count) {
		publish(way, WARM_UP);
		long start = System.nanoTime();
		RedisUsage usage = engines.usage();
		double reads = usage.reads();
		double before = usage.cpuSeconds();
		publish(way, count);
		double used = usage.cpuSeconds() - before;
		return new Measurement(Map.of(CPU, used * 1e6 / count, READS, (usage.reads() - reads) / count, "per_second",
				count * 1e9 / (System.nanoTime() - start)));
	}

	private static void publish(Supplier<CompletionStage<?>> way, int count) {
		Semaphore free = new Semaphore(IN_FLIGHT);
		for (int i = 0; i < count; i++) {
			free.acquireUninterruptibly();
			way.get().whenComplete((accepted, failure) -> free.release());
		}
		free.acquireUninterruptibly(IN_FLIGHT);
	}

}
